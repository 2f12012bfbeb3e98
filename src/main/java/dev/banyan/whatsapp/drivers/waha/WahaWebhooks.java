package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Digests;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.drivers.Gateway.Genuine;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookRequest;
import dev.banyan.whatsapp.drivers.MessageShape;

/// Checks and reads webhooks.
record WahaWebhooks(Clock clock) {

    private static final String ALGORITHM = "HmacSHA512";
    /// States and signs of life that come later say nothing about now: webhooks may be an hour late. Messages and what
    /// became of them stay true. It is longer than clocks usually differ.
    private static final Duration STALE = Duration.ofMinutes(10);

    private static final Set<String> TYPING = Set.of("typing", "recording");
    private static final Set<String> NOT_TYPING = Set.of("paused", "online", "offline");

    static Genuine isGenuine(GatewayAccess gateway, HookRequest request) {
        Optional<String> signature = request.header("x-webhook-hmac");
        if (signature.isEmpty()) {
            return Genuine.UNSIGNED;
        }
        boolean isKnown = request.header("x-webhook-hmac-algorithm")
                .filter(name -> !name.equalsIgnoreCase("sha512"))
                .isEmpty();
        String secret = gateway.credentials().hookSecret();
        if (!isKnown || secret.isEmpty()) {
            return Genuine.NO;
        }
        byte[] expected = HexFormat.of().formatHex(hmac(secret, request.body())).getBytes(StandardCharsets.UTF_8);
        byte[] given = signature.get().strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given) ? Genuine.YES : Genuine.NO;
    }

    private static byte[] hmac(String secret, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("Every Java has HMAC-SHA-512", impossible);
        }
    }

    static String repeatKey(HookRequest request) {
        return request.header("x-webhook-request-id")
                .filter(id -> !id.isBlank())
                .or(() -> envelope(request.body()).flatMap(envelope -> WahaJson.text(envelope.path("id"))))
                .orElseGet(() -> HexFormat.of().formatHex(Digests.sha256(request.body())));
    }

    private static Optional<JsonNode> envelope(byte[] body) {
        try {
            return Optional.ofNullable(GatewayHttp.JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    List<HookEvent> read(byte[] body) {
        return envelope(body)
                .filter(envelope -> WahaJson.text(envelope.path("session")).isPresent())
                .map(this::events)
                .orElse(List.of());
    }

    private List<HookEvent> events(JsonNode envelope) {
        String remote = envelope.path("session").asText();
        Optional<Instant> at = MessageShape.time(envelope.path("timestamp"));
        boolean isStale =
                at.filter(time -> time.isBefore(clock.instant().minus(STALE))).isPresent();
        JsonNode payload = envelope.path("payload");
        var messages = new WahaMessages(remote, envelope.path("me"), at.orElseGet(clock::instant));
        List<HookEvent> events = switch (envelope.path("event").asText()) {
            case "message", "message.any" -> list(messages.written(payload));
            case "message.edited" -> list(messages.edited(payload));
            case "message.revoked" -> list(messages.deleted(payload));
            case "message.reaction" -> list(messages.reacted(payload));
            case "poll.vote" -> list(messages.voted(payload));
            case "message.ack" -> list(messages.receipt(payload));
            case "call.rejected" -> list(messages.missedCall(payload));
            case "session.status" -> isStale ? List.of() : states(remote, payload, envelope.path("me"));
            case "presence.update" -> isStale ? List.of() : typing(remote, payload);
            case "engine.event" -> engine(remote, payload, at.orElseGet(clock::instant), isStale);
            default -> List.of();
        };
        boolean isAlive = events.isEmpty() && !isStale && provesLife(envelope);
        return isAlive ? List.of(new HookEvent.Alive(remote)) : events;
    }

    private static List<HookEvent> list(Optional<? extends HookEvent> event) {
        return event.stream().<HookEvent>map(it -> it).toList();
    }

    /// Losing the connection is an event as well.
    private static boolean provesLife(JsonNode envelope) {
        return switch (envelope.path("event").asText()) {
            case "session.status", "state.change" -> false;
            case "engine.event" -> WahaEngineEvents.provesLife(envelope.path("payload"));
            default -> true;
        };
    }

    /// There is no event for codes: with each state of showing codes, another one is on offer.
    private List<HookEvent> states(String remote, JsonNode payload, JsonNode me) {
        if (WahaJson.text(payload.path("status")).isEmpty()) {
            return List.of();
        }
        NumberStatus status = WahaStates.ofEvent(payload, me, clock.instant());
        var events = new ArrayList<HookEvent>();
        events.add(new HookEvent.StatusChanged(remote, status));
        if (status.state() == NumberStatus.State.CODE) {
            events.add(new HookEvent.CodeChanged(remote, Optional.empty()));
        }
        return events;
    }

    private static List<HookEvent> typing(String remote, JsonNode payload) {
        String chat = payload.path("id").asText();
        if (WahaIds.isGroup(chat) || WahaIds.isElse(chat)) {
            return List.of();
        }
        var address = WahaMessages.address(chat, payload);
        var events = new ArrayList<HookEvent>();
        for (JsonNode presence : payload.path("presences")) {
            String known = presence.path("lastKnownPresence").asText();
            if (TYPING.contains(known) || NOT_TYPING.contains(known)) {
                events.add(new HookEvent.Typing(remote, address, TYPING.contains(known)));
            }
        }
        return events;
    }

    private List<HookEvent> engine(String remote, JsonNode payload, Instant at, boolean isStale) {
        return WahaEngineEvents.status(payload, at).stream()
                .filter(status -> !isStale || isStillBanned(status))
                .flatMap(status -> Stream.<HookEvent>of(new HookEvent.StatusChanged(remote, status)))
                .toList();
    }

    private boolean isStillBanned(NumberStatus status) {
        return status.until().filter(end -> end.isAfter(clock.instant())).isPresent();
    }
}
