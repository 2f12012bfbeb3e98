package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Digests;
import dev.banyan.whatsapp.drivers.Gateway.Genuine;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.HookRequest;

/// Tells webhooks of the gateway from others. The gateway signs nothing, but repeats a header of ours, or sends a token
/// signed with `jwt_key`. The key in the body proves nothing: every webhook that anyone has seen contains it.
record EvolutionSignatures(Clock clock) {

    /// Tokens are good for ten minutes, but a webhook may be repeated for an hour.
    private static final Duration GRACE = Duration.ofDays(1);

    private static final String BEARER = "Bearer ";

    Genuine isGenuine(HookRequest request, String secret) {
        Optional<String> header = request.header(EvolutionSetup.HOOK_HEADER);
        if (header.isPresent()) {
            return genuine(!secret.isEmpty() && isSame(header.get(), secret));
        }
        return request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> genuine(!secret.isEmpty() && isSigned(value.substring(BEARER.length()), secret)))
                .orElse(Genuine.UNSIGNED);
    }

    private static Genuine genuine(boolean isGenuine) {
        return isGenuine ? Genuine.YES : Genuine.NO;
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isSigned(String token, String secret) {
        String[] parts = token.strip().split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            return json(parts[0]).path("alg").asText("").equals("HS256")
                    && MessageDigest.isEqual(signature, signature(parts[0] + "." + parts[1], secret))
                    && clock.instant().getEpochSecond()
                            < json(parts[1]).path("exp").asLong(0) + GRACE.toSeconds();
        } catch (IllegalArgumentException | IOException _) {
            return false;
        }
    }

    private static JsonNode json(String part) throws IOException {
        return GatewayHttp.JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    private static byte[] signature(String text, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("Every Java has HMAC-SHA256", impossible);
        }
    }

    /// There is no id of a delivery. Messages and their states are told apart by WhatsApp's id, because the time in a
    /// repeat may differ; of edits, there may be several with one id, so what they say counts.
    static String repeatKey(byte[] body) {
        JsonNode json = json(body);
        String event = json.path("event").asText("");
        JsonNode data = json.path("data");
        String prefix = json.path("instance").asText("") + "\n" + event + "\n";
        return switch (event) {
            case "messages.upsert", "send.message" ->
                keyed(body, prefix, data.path("key").path("id").asText(""), "");
            case "messages.update" ->
                keyed(
                        body,
                        prefix,
                        data.path("keyId").asText(""),
                        data.path("status").asText("") + data.path("message"));
            case "messages.edited", "messages.delete" -> Digests.sha256Hex(prefix + data);
            default -> HexFormat.of().formatHex(Digests.sha256(body));
        };
    }

    private static String keyed(byte[] body, String prefix, String id, String status) {
        return id.isEmpty()
                ? HexFormat.of().formatHex(Digests.sha256(body))
                : Digests.sha256Hex(prefix + id + "\n" + status);
    }

    static JsonNode json(byte[] body) {
        try {
            return Optional.ofNullable(GatewayHttp.JSON.readTree(body)).orElseGet(GatewayHttp.JSON::nullNode);
        } catch (IOException _) {
            return GatewayHttp.JSON.nullNode();
        }
    }
}
