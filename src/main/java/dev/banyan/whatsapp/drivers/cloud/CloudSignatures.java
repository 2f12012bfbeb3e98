package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.whatsapp.connections.Credentials.Cloud;
import dev.banyan.whatsapp.drivers.Gateway.Genuine;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.HookRequest;

/// Whether webhooks come from Meta.
final class CloudSignatures {

    private static final String HEADER = "x-hub-signature-256";
    private static final String PREFIX = "sha256=";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST_CHALLENGE = 1_000;

    private CloudSignatures() {}

    /// Repeats the challenge to whoever knows our verify token.
    static Optional<String> greeting(GatewayAccess gateway, Map<String, String> query) {
        String token = GraphCalls.credentials(gateway).verifyToken();
        boolean isAsked = query.getOrDefault("hub.mode", "").equals("subscribe");
        boolean isKnown = !token.isBlank() && isEqual(query.getOrDefault("hub.verify_token", ""), token);
        return Optional.ofNullable(query.get("hub.challenge"))
                .filter(challenge -> isAsked && isKnown && challenge.length() <= LONGEST_CHALLENGE);
    }

    /// Without an app secret nothing can be verified, so nothing that is signed counts as genuine.
    static Genuine genuine(GatewayAccess gateway, HookRequest request) {
        Cloud cloud = GraphCalls.credentials(gateway);
        Optional<String> signature = request.header(HEADER).map(String::strip);
        if (signature.isEmpty()) {
            return Genuine.UNSIGNED;
        }
        if (cloud.appSecret().isBlank()) {
            return Genuine.NO;
        }
        String expected = PREFIX + hmac(cloud.appSecret().strip(), request.body());
        return isEqual(signature.get().toLowerCase(Locale.ROOT), expected) ? Genuine.YES : Genuine.NO;
    }

    static String repeatKey(HookRequest request) {
        return HexFormat.of().formatHex(Digests.sha256(request.body()));
    }

    private static String hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", impossible);
        }
    }

    private static boolean isEqual(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
