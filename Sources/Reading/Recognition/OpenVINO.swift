import COpenVINO
import Foundation

/// OpenVINO's C library, loaded when the program runs: it is optional, and nothing of it is needed to build.
///
/// Loaded once per process and kept to its end.
final class OpenVINO {
    private let core: UnsafeMutableRawPointer
    let functions: Functions

    /// The functions that reading calls, by the names in `openvino/c/openvino.h`.
    struct Functions {
        let readModel: OpenVINOReadModelFromMemory
        let compileModel: OpenVINOCompileModel
        let createRequest: OpenVINOCreateRequest
        let setInput: OpenVINOSetInput
        let infer: OpenVINOInfer
        let output: OpenVINOGetOutput
        let tensor: OpenVINOTensorFromMemory
        let shape: OpenVINOTensorShape
        let data: OpenVINOTensorData
        let freeShape: OpenVINOShapeFree
        let freeTensor: OpenVINOFree
        let freeRequest: OpenVINOFree
        let freeCompiled: OpenVINOFree
        let freeModel: OpenVINOFree
    }

    /// Loads the library at `path`; nil when it is not there or is another OpenVINO than this was written for.
    init?(path: String) {
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL), let functions = Functions(library),
            let create = OpenVINO.function("ov_core_create", in: library, as: OpenVINOCoreCreate.self)
        else { return nil }
        var core: UnsafeMutableRawPointer?
        guard create(&core) == 0, let core else { return nil }
        self.core = core
        self.functions = functions
    }

    /// Compiles an ONNX model for one thread of this processor; nil when OpenVINO refuses it.
    func model(_ onnx: Data) -> InferenceModel? {
        var read: UnsafeMutableRawPointer?
        let status = onnx.withUnsafeBytes { bytes in
            functions.readModel(core, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, nil, &read)
        }
        guard status == 0, let read else { return nil }
        defer { functions.freeModel(read) }
        guard let compiled = compiled(read) else { return nil }
        var request: UnsafeMutableRawPointer?
        guard functions.createRequest(compiled, &request) == 0, let request else {
            functions.freeCompiled(compiled)
            return nil
        }
        return InferenceModel(functions: functions, compiled: compiled, request: request)
    }

    private func compiled(_ model: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        // bf16 and its tile registers end in an illegal instruction on some virtual machines that claim to have them.
        let settings = [("INFERENCE_PRECISION_HINT", "f32"), ("INFERENCE_NUM_THREADS", "1"), ("NUM_STREAMS", "1")]
        let strings = settings.map { (strdup($0.0), strdup($0.1)) }
        defer {
            for pair in strings {
                free(pair.0)
                free(pair.1)
            }
        }
        let properties = strings.map { OpenVINOProperty(key: $0.0, value: $0.1) }
        var compiled: UnsafeMutableRawPointer?
        guard functions.compileModel(core, model, "CPU", properties.count, properties, &compiled) == 0 else {
            return nil
        }
        return compiled
    }

    fileprivate static func function<Function>(
        _ name: String, in library: UnsafeMutableRawPointer, as type: Function.Type
    ) -> Function? {
        dlsym(library, name).map { unsafeBitCast($0, to: type) }
    }
}

extension OpenVINO.Functions {
    fileprivate init?(_ library: UnsafeMutableRawPointer) {
        func find<Function>(_ name: String) -> Function? {
            OpenVINO.function(name, in: library, as: Function.self)
        }
        guard let readModel: OpenVINOReadModelFromMemory = find("ov_core_read_model_from_memory_buffer"),
            let compileModel: OpenVINOCompileModel = find("ov_core_compile_model_props"),
            let createRequest: OpenVINOCreateRequest = find("ov_compiled_model_create_infer_request"),
            let setInput: OpenVINOSetInput = find("ov_infer_request_set_input_tensor"),
            let infer: OpenVINOInfer = find("ov_infer_request_infer"),
            let output: OpenVINOGetOutput = find("ov_infer_request_get_output_tensor"),
            let tensor: OpenVINOTensorFromMemory = find("ov_tensor_create_from_host_ptr"),
            let shape: OpenVINOTensorShape = find("ov_tensor_get_shape"),
            let data: OpenVINOTensorData = find("ov_tensor_data"),
            let freeShape: OpenVINOShapeFree = find("ov_shape_free"),
            let freeTensor: OpenVINOFree = find("ov_tensor_free"),
            let freeRequest: OpenVINOFree = find("ov_infer_request_free"),
            let freeCompiled: OpenVINOFree = find("ov_compiled_model_free"),
            let freeModel: OpenVINOFree = find("ov_model_free")
        else { return nil }
        self.init(
            readModel: readModel, compileModel: compileModel, createRequest: createRequest, setInput: setInput,
            infer: infer, output: output, tensor: tensor, shape: shape, data: data, freeShape: freeShape,
            freeTensor: freeTensor, freeRequest: freeRequest, freeCompiled: freeCompiled, freeModel: freeModel)
    }
}

/// A compiled network with one input and one output, and the request that runs it; used by one thread.
final class InferenceModel {
    private let functions: OpenVINO.Functions
    private let compiled: UnsafeMutableRawPointer
    private let request: UnsafeMutableRawPointer

    fileprivate init(
        functions: OpenVINO.Functions, compiled: UnsafeMutableRawPointer, request: UnsafeMutableRawPointer
    ) {
        self.functions = functions
        self.compiled = compiled
        self.request = request
    }

    deinit {
        functions.freeRequest(request)
        functions.freeCompiled(compiled)
    }

    /// Runs the network on `input` and lends its output with the output's shape; nil when it fails.
    func run<Result>(
        _ input: inout [Float], shape: [Int], _ body: (UnsafeBufferPointer<Float>, [Int]) -> Result
    ) -> Result? {
        precondition(input.count == shape.reduce(1, *))
        return input.withUnsafeMutableBytes { memory in
            guard let tensor = tensor(memory.baseAddress, shape: shape) else { return nil }
            defer { functions.freeTensor(tensor) }
            guard functions.setInput(request, tensor) == 0, functions.infer(request) == 0 else { return nil }
            var output: UnsafeMutableRawPointer?
            guard functions.output(request, &output) == 0, let output else { return nil }
            defer { functions.freeTensor(output) }
            return lend(output, to: body)
        }
    }

    private func tensor(_ memory: UnsafeMutableRawPointer?, shape: [Int]) -> UnsafeMutableRawPointer? {
        var sides = shape.map { Int64($0) }
        var tensor: UnsafeMutableRawPointer?
        let status = sides.withUnsafeMutableBufferPointer { sides in
            let shape = OpenVINOShape(rank: Int64(sides.count), dims: sides.baseAddress)
            return functions.tensor(Int32(OpenVINOFloat32), shape, memory, &tensor)
        }
        return status == 0 ? tensor : nil
    }

    private func lend<Result>(
        _ tensor: UnsafeMutableRawPointer, to body: (UnsafeBufferPointer<Float>, [Int]) -> Result
    ) -> Result? {
        var shape = OpenVINOShape(rank: 0, dims: nil)
        guard functions.shape(tensor, &shape) == 0 else { return nil }
        defer { _ = functions.freeShape(&shape) }
        let sides = UnsafeBufferPointer(start: shape.dims, count: Int(shape.rank)).map { Int($0) }
        var data: UnsafeMutableRawPointer?
        guard functions.data(tensor, &data) == 0, let data else { return nil }
        let count = sides.reduce(1, *)
        return body(UnsafeBufferPointer(start: data.assumingMemoryBound(to: Float.self), count: count), sides)
    }
}
