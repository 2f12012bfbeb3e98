package dev.banyan.whatsapp.drivers.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;

/// An error as Meta tells it. Its words are left out: they change, and may repeat what we sent.
///
/// @param status of the HTTP answer; 0 if a webhook told it
/// @param code [#NONE] if the answer had no error that can be read
record GraphError(int status, int code, int subcode, boolean isTransient) {

    static final int NONE = -1;

    static GraphError of(Reply.Answered answered) {
        return of(answered.json().path("error"), answered.status());
    }

    /// Reads an error of a webhook.
    static GraphError of(JsonNode error) {
        return of(error, 0);
    }

    private static GraphError of(JsonNode error, int status) {
        return new GraphError(
                status,
                error.path("code").asInt(NONE),
                error.path("error_subcode").asInt(0),
                error.path("is_transient").asBoolean(false));
    }

    /// Whether Meta's program itself answered. Another answer, such as a bare 502, says nothing about what became of
    /// the request.
    boolean isReadable() {
        return code != NONE;
    }

    boolean isOverload() {
        return status >= 500;
    }
}
