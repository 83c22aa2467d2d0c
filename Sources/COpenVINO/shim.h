// The few functions of OpenVINO's C interface (openvino/c/openvino.h, 2026.4) that reading calls, as types for dlsym:
// the library is optional, so that neither its headers nor its names may be needed to build and link.
#include <stddef.h>
#include <stdint.h>

typedef struct {
    int64_t rank;
    int64_t *dims;
} OpenVINOShape;

typedef struct {
    const char *key;
    const void *value;
} OpenVINOProperty;

// ov_element_type_e
enum { OpenVINOFloat32 = 4 };

// Each returns an ov_status_e: 0 for success.
typedef int32_t (*OpenVINOCoreCreate)(void **core);
typedef int32_t (*OpenVINOReadModelFromMemory)(
    const void *core, const char *model, size_t length, const void *weights, void **read);
typedef int32_t (*OpenVINOCompileModel)(
    const void *core, const void *model, const char *device, size_t propertyCount, const OpenVINOProperty *properties,
    void **compiled);
typedef int32_t (*OpenVINOCreateRequest)(const void *compiled, void **request);
typedef int32_t (*OpenVINOSetInput)(void *request, const void *tensor);
typedef int32_t (*OpenVINOInfer)(void *request);
typedef int32_t (*OpenVINOGetOutput)(const void *request, void **tensor);
typedef int32_t (*OpenVINOTensorFromMemory)(int32_t elementType, OpenVINOShape shape, void *memory, void **tensor);
typedef int32_t (*OpenVINOTensorShape)(const void *tensor, OpenVINOShape *shape);
typedef int32_t (*OpenVINOTensorData)(const void *tensor, void **data);
typedef int32_t (*OpenVINOShapeFree)(OpenVINOShape *shape);
typedef void (*OpenVINOFree)(void *object);
