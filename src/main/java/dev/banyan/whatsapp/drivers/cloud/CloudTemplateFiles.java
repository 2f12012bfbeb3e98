package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;

/// Examples of files for the headers of templates, which Meta takes through the app that the token belongs to.
record CloudTemplateFiles(GraphCalls graph) {

    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9:_=?&.%+/-]{1,2000}");

    /// @return Meta's handle of the file
    GatewayAnswer<String> upload(GatewayAccess gateway, String name, String type, byte[] bytes) {
        return graph.get(gateway, "/app?fields=id")
                .then(app -> CloudTemplateErrors.answer(graph.send(
                        gateway,
                        "/" + GraphCalls.encoded(GraphJson.text(app, "id")) + "/uploads?file_name="
                                + GraphCalls.encoded(name) + "&file_length=" + bytes.length + "&file_type="
                                + GraphCalls.encoded(type),
                        GraphJson.object())))
                .then(session -> GraphJson.given(session, "id")
                        .filter(id -> SESSION.matcher(id).matches())
                        .map(id -> CloudTemplateErrors.answer(graph.sendBytes(gateway, "/" + id, bytes)))
                        .orElseGet(CloudTemplateFiles::lost))
                .then(done ->
                        GraphJson.given(done, "h").map(GatewayAnswer::done).orElseGet(CloudTemplateFiles::lost));
    }

    private static <T> GatewayAnswer<T> lost() {
        return GatewayAnswer.failed(Trouble.Kind.LATER, "WhatsApp didn’t keep the example file. Try again.");
    }
}
