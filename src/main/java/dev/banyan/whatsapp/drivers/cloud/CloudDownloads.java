package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Parse;
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

/// Fetches files that contacts have sent.
record CloudDownloads(GraphCalls graph) {

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}");
    private static final int REDIRECTS = 3;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_ERROR = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int OVERLOAD = 500;

    /// Where Meta keeps files. An address of a webhook gets the token only if it is there, or at the connection's own
    /// server; others are asked for by id.
    private static final List<String> FILE_SERVERS =
            List.of(".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net");

    /// What [RemoteMedia#id] holds.
    ///
    /// @param digest SHA-256 in hex or Base64; may be empty
    record Reference(String id, String digest) {

        String written() {
            return digest.isEmpty()
                    ? id
                    : GraphJson.object().put("id", id).put("sha256", digest).toString();
        }

        static Reference read(String written) {
            if (!written.startsWith("{")) {
                return new Reference(written, "");
            }
            try {
                JsonNode node = GatewayHttp.JSON.readTree(written);
                return new Reference(GraphJson.text(node, "id"), GraphJson.text(node, "sha256"));
            } catch (JsonProcessingException _) {
                return new Reference(written, "");
            }
        }
    }

    /// Tries the address of the webhook first, which saves a call while it lives (5 minutes), and asks for a new one
    /// otherwise, once: Meta blocks a number for half an hour after twenty failed tries.
    GatewayAnswer<Download> download(Line line, RemoteMedia media) {
        var reference = Reference.read(media.id());
        Optional<URI> told = uri(media.url()).filter(uri -> isTrusted(line.gateway(), uri));
        if (told.isPresent() && fetch(line, media, told.get(), reference.digest(), "") instanceof Done<Download> done) {
            return done;
        }
        if (reference.id().isBlank()) {
            return gone();
        }
        return resolve(line, media, reference);
    }

    private GatewayAnswer<Download> resolve(Line line, RemoteMedia media, Reference reference) {
        String path =
                "/" + GraphCalls.encoded(reference.id()) + "?phone_number_id=" + GraphCalls.encoded(line.remote());
        return switch (graph.get(line.gateway(), path)) {
            case Failed<JsonNode>(Trouble trouble) ->
                trouble.kind() == Trouble.Kind.REFUSED || trouble.kind() == Trouble.Kind.UNKNOWN
                        ? gone()
                        : new Failed<>(trouble);
            case Done<JsonNode>(JsonNode node) -> {
                if (node.path("file_size").asLong() > CloudFiles.LONGEST) {
                    yield GatewayAnswer.failed(Trouble.Kind.REFUSED, "The file is larger than 100 MB.");
                }
                String digest = GraphJson.first(reference.digest(), GraphJson.text(node, "sha256"));
                yield uri(GraphJson.text(node, "url"))
                        .map(uri -> fetch(line, media, uri, digest, GraphJson.text(node, "mime_type")))
                        .orElseGet(CloudDownloads::gone);
            }
        };
    }

    private static GatewayAnswer<Download> gone() {
        return GatewayAnswer.failed(
                Trouble.Kind.REFUSED, "WhatsApp no longer has this file. Ask the contact to send it again.");
    }

    private static Optional<URI> uri(String text) {
        return parsed(text).filter(CloudDownloads::isWeb);
    }

    private static Optional<URI> parsed(String text) {
        return Parse.of(text, URI::create);
    }

    private static boolean isWeb(URI uri) {
        boolean isHttp = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        return isHttp && uri.getHost() != null;
    }

    private static boolean isTrusted(GatewayAccess gateway, URI uri) {
        URI root = URI.create(GraphCalls.root(gateway));
        if (isSameServer(root, uri)) {
            return true;
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return "https".equalsIgnoreCase(uri.getScheme())
                && FILE_SERVERS.stream().anyMatch(host::endsWith);
    }

    private static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    private GatewayAnswer<Download> fetch(Line line, RemoteMedia media, URI start, String digest, String type) {
        URI at = start;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            boolean withToken = isSameServer(start, at);
            switch (graph.file(line.gateway(), at, withToken, CloudFiles.LONGEST)) {
                case Reply.Silence silence -> {
                    return new Failed<>(silence.trouble());
                }
                case Reply.Answered answered -> {
                    Optional<URI> next = redirect(at, answered);
                    if (next.isEmpty()) {
                        return file(media, answered, digest, type);
                    }
                    at = next.get();
                }
            }
        }
        return GatewayAnswer.failed(Trouble.Kind.LATER, "The address of the file leads around in circles.");
    }

    /// Follows a redirect, except one from an encrypted to an open connection.
    private static Optional<URI> redirect(URI at, Reply.Answered answered) {
        if (answered.status() < FIRST_REDIRECT || answered.status() >= FIRST_ERROR) {
            return Optional.empty();
        }
        return answered.location()
                .flatMap(CloudDownloads::parsed)
                .map(at::resolve)
                .filter(CloudDownloads::isWeb)
                .filter(next ->
                        !"https".equalsIgnoreCase(at.getScheme()) || "https".equalsIgnoreCase(next.getScheme()));
    }

    private static GatewayAnswer<Download> file(
            RemoteMedia media, Reply.Answered answered, String digest, String resolvedType) {
        String served = answered.type().replaceAll(";.*", "").strip();
        String type = GraphJson.first(resolvedType, media.type(), served);
        if (!answered.isSuccess()) {
            return failed(answered.status());
        }
        // Without a valid token the server sends a page, and calls it a success.
        if (served.equals("text/html") && !type.startsWith("text/html")) {
            return failed(UNAUTHORIZED);
        }
        return isIntact(answered.body(), digest)
                ? GatewayAnswer.done(new Download(answered.body(), media.name(), type))
                : GatewayAnswer.failed(
                        Trouble.Kind.REFUSED, "The file arrived damaged. Ask the contact to send it again.");
    }

    private static GatewayAnswer<Download> failed(int status) {
        if (status == UNAUTHORIZED) {
            return GatewayAnswer.failed(
                    Trouble.Kind.CREDENTIALS, "WhatsApp doesn’t give the file to this access token.");
        }
        return status == TOO_MANY || status >= OVERLOAD
                ? GatewayAnswer.failed(
                        Trouble.Kind.LATER, "WhatsApp can’t give the file right now (HTTP " + status + ").")
                : gone();
    }

    /// Webhooks write the digest in Base64, answers in hex. Anything else can't be compared with, and isn't.
    private static boolean isIntact(byte[] file, String digest) {
        String bare = digest.strip().replaceAll("=+$", "").replace('-', '+').replace('_', '/');
        byte[] actual = Digests.sha256(file);
        if (HEX.matcher(bare).matches()) {
            return HexFormat.of().formatHex(actual).equalsIgnoreCase(bare);
        }
        return !BASE64.matcher(bare).matches()
                || Base64.getEncoder().withoutPadding().encodeToString(actual).equals(bare);
    }
}
