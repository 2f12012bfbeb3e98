package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.banyan.whatsapp.Sender;
import dev.banyan.workspaces.WorkspaceId;

/// The protocol of `/api/whatsapp/ws`, in the sub-client seed's terms.
///
/// The client sends `{"type":"subscribe","subClientId":"scl_…"}`, the same with `unsubscribe`, which has no answer, and
/// `{"type":"ping"}`. After `subscribed` it gets a `status` if there is a number, the code shown right now, and then
/// every change: `qr_code`, `qr_timeout`, `connected`, `disconnected`, and `error` in words. The server also sends
/// WebSocket pings and closes a socket that misses two. It closes with 4401 when the session has ended, 4408 when the
/// socket is dead, 4429 when there are too many sockets.
@JsonInclude(Include.NON_ABSENT)
@JsonPropertyOrder({"type", "data"})
record NumberFrame(String type, Optional<Object> data) {

    record Said(Optional<String> type, Optional<String> subClientId) {}

    record Which(WorkspaceId subClientId) {}

    record Status(
            WorkspaceId subClientId,
            boolean connected,
            @JsonInclude(Include.NON_ABSENT) Optional<String> phone) {}

    @JsonInclude(Include.NON_ABSENT)
    record Connected(
            WorkspaceId subClientId,
            Optional<String> phone,
            Optional<String> connectedAt,
            Optional<String> deviceName) {}

    record Code(WorkspaceId subClientId, String qrCode) {}

    record Problem(String error) {}

    static final NumberFrame SUBSCRIBED = new NumberFrame("subscribed", Optional.empty());
    static final NumberFrame PONG = new NumberFrame("pong", Optional.empty());

    static NumberFrame status(WorkspaceId workspace, Sender number) {
        NumberView view = NumberView.of(number);
        return with("status", new Status(workspace, view.connected(), view.phone()));
    }

    static NumberFrame connected(WorkspaceId workspace, Sender number) {
        NumberView view = NumberView.of(number);
        return with("connected", new Connected(workspace, view.phone(), view.connectedAt(), view.deviceName()));
    }

    static NumberFrame disconnected(WorkspaceId workspace) {
        return with("disconnected", new Which(workspace));
    }

    static NumberFrame code(WorkspaceId workspace, String text) {
        return with("qr_code", new Code(workspace, text));
    }

    static NumberFrame timeout(WorkspaceId workspace) {
        return with("qr_timeout", new Which(workspace));
    }

    static NumberFrame error(String text) {
        return with("error", new Problem(text));
    }

    private static NumberFrame with(String type, Object data) {
        return new NumberFrame(type, Optional.of(data));
    }
}
