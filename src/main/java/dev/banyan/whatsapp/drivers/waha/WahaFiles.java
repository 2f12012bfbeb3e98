package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaCalls.encoded;
import static dev.banyan.whatsapp.drivers.waha.WahaCalls.within;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.banyan.whatsapp.drivers.Download;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Done;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Failed;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.RemoteMedia;

/// Fetches the files of messages. WAHA keeps them for three minutes by default; after that it is asked to fetch them
/// from WhatsApp again.
record WahaFiles(WahaCalls calls) {

    private static final long LONGEST = 64L * 1_024 * 1_024;
    private static final String OWN_FILES = "/api/files/";

    /// Returns what to ask for later.
    ///
    /// @param message its full id
    static RemoteMedia remembered(String chat, String message, String url, String name, String type) {
        String id = WahaCalls.object().put("chat", chat).put("message", message).toString();
        return new RemoteMedia(id, url, name, type);
    }

    GatewayAnswer<Download> download(Line line, RemoteMedia media) {
        if (media.url().isEmpty()) {
            return again(line, media);
        }
        return switch (fetch(line.gateway(), media)) {
            case Done<Download> done -> done;
            case Failed<Download> failed ->
                switch (failed.trouble().kind()) {
                    case UNKNOWN, REFUSED, UNSUPPORTED, ADDRESS_REFUSED -> again(line, media);
                    case UNREACHABLE, TIMED_OUT, CREDENTIALS, LATER, OPERATOR -> failed;
                };
        };
    }

    private GatewayAnswer<Download> again(Line line, RemoteMedia media) {
        JsonNode id = parsed(media.id());
        if (!id.has("message")) {
            return GatewayAnswer.failed(Trouble.Kind.UNKNOWN, "WAHA doesn’t have this file any more.");
        }
        String path = within(line) + "/chats/" + encoded(id.path("chat").asText()) + "/messages/"
                + encoded(id.path("message").asText()) + "?downloadMedia=true";
        Reply reply = calls.get(line.gateway(), path, calls.limits().file());
        return WahaCalls.read(
                reply,
                message -> WahaJson.text(message.path("media").path("url"))
                        .map(url -> fetch(line.gateway(), told(media, message.path("media"), url)))
                        .orElseGet(WahaFiles::noFile));
    }

    /// WAHA is set to download nothing, or has tried twice: when the message came, and now. So the message need not
    /// wait.
    private static GatewayAnswer<Download> noFile() {
        return GatewayAnswer.failed(Trouble.Kind.UNKNOWN, "WAHA couldn’t fetch this file from WhatsApp.");
    }

    private static RemoteMedia told(RemoteMedia media, JsonNode now, String url) {
        return new RemoteMedia(
                media.id(),
                url,
                WahaJson.text(now.path("filename")).orElse(media.name()),
                WahaJson.text(now.path("mimetype")).orElse(media.type()));
    }

    private static JsonNode parsed(String id) {
        try {
            return GatewayHttp.JSON.readTree(id);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    /// WAHA names itself as it was told to, which may be a name that only it knows; so its files are fetched from where
    /// it is reached. A storage elsewhere must not see the key.
    private GatewayAnswer<Download> fetch(GatewayAccess gateway, RemoteMedia media) {
        int path = media.url().indexOf(OWN_FILES);
        boolean isOwn = path >= 0;
        URI uri;
        try {
            uri = isOwn ? gateway.address(media.url().substring(path)) : URI.create(media.url());
        } catch (IllegalArgumentException _) {
            return noAddress();
        }
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            return noAddress();
        }
        Reply reply = calls.file(gateway, uri, isOwn, LONGEST);
        if (reply instanceof Reply.Answered answer && answer.isSuccess()) {
            String type = media.type().isEmpty() ? answer.type() : media.type();
            return GatewayAnswer.done(new Download(answer.body(), media.name(), type));
        }
        return WahaCalls.read(reply, _ -> GatewayAnswer.failed(Trouble.Kind.LATER, WahaErrors.BROKEN));
    }

    private static GatewayAnswer<Download> noAddress() {
        return GatewayAnswer.failed(Trouble.Kind.UNKNOWN, "WAHA names no address for this file.");
    }
}
