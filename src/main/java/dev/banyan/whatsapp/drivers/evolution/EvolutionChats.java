package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.GatewayAnswer.done;
import static dev.banyan.whatsapp.drivers.GatewayAnswer.failed;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.Download;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.GatewayHttp.Request;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.RemoteMedia;

/// What the gateway knows about contacts and chats.
record EvolutionChats(EvolutionCalls calls) {

    static final long LONGEST_FILE = 64L * 1_024 * 1_024;

    private static final Duration DOWNLOADING = Duration.ofSeconds(60);
    /// How long the contact sees that we type; the gateway answers after that.
    private static final int TYPING_MS = 3_000;

    private static final int PAGE = 100;
    private static final int PAGES = 50;
    private static final long PAGE_BYTES = 32L * 1_024 * 1_024;
    /// The filter by time needs an end.
    private static final String FAR = "2100-01-01T00:00:00.000Z";

    /// Before 2.4, the gateway says that it has marked messages in hidden chats as read, and does nothing, so the phone
    /// number is named instead.
    GatewayAnswer<Boolean> seen(Line line, String chat, List<String> providers) {
        boolean isIgnored = EvolutionAddresses.isHidden(chat)
                && !EvolutionInstances.version(line).isAtLeast24();
        if (!isIgnored) {
            return read(line, chat, providers);
        }
        return phoneOf(line, chat)
                .then(phone ->
                        phone.isPresent() ? read(line, EvolutionAddresses.of(phone.get()), providers) : done(false));
    }

    private GatewayAnswer<Boolean> read(Line line, String chat, List<String> providers) {
        if (providers.isEmpty()) {
            return done(false);
        }
        var keys = providers.stream()
                .map(id -> Map.of("id", id, "fromMe", false, "remoteJid", chat))
                .toList();
        return calls.ask(calls.post(line, "/chat/markMessageAsRead", Map.of("readMessages", keys)))
                .map(_ -> true);
    }

    GatewayAnswer<Boolean> typing(Line line, String chat, boolean isTyping) {
        var body = Map.of(
                "number", chat, "delay", isTyping ? TYPING_MS : 1, "presence", isTyping ? "composing" : "paused");
        return calls.ask(calls.post(line, "/chat/sendPresence", body)).map(_ -> true);
    }

    /// The address may differ from the number, as in Brazil.
    GatewayAnswer<Optional<String>> addressOf(Line line, Phone phone) {
        return whatsappNumber(line, phone.digits())
                .map(found -> Optional.of(found)
                        .filter(entry -> entry.path("exists").asBoolean(false))
                        .map(entry -> entry.path("jid").asText(""))
                        .map(jid -> jid.isEmpty() ? EvolutionAddresses.of(phone) : jid));
    }

    private GatewayAnswer<JsonNode> whatsappNumber(Line line, String number) {
        return calls.ask(calls.post(line, "/chat/whatsappNumbers", Map.of("numbers", List.of(number))))
                .map(found -> found.path(0));
    }

    /// Looks into what the gateway has stored: pairs of addresses it has seen, then messages that came with both.
    GatewayAnswer<Optional<Phone>> phoneOf(Line line, String chat) {
        if (!EvolutionAddresses.isHidden(chat)) {
            return done(EvolutionAddresses.phone(chat));
        }
        return whatsappNumber(line, chat)
                .map(found -> EvolutionAddresses.phone(found.path("jid").asText("")))
                .then(phone -> phone.isPresent() ? done(phone) : phoneInMessages(line, chat));
    }

    private GatewayAnswer<Optional<Phone>> phoneInMessages(Line line, String chat) {
        var body = Map.of("where", Map.of("key", Map.of("remoteJid", chat)), "page", 1, "offset", PAGE);
        return calls.ask(calls.post(line, "/chat/findMessages", body).upTo(PAGE_BYTES))
                .map(answer -> EvolutionSending.records(answer)
                        .map(record -> record.path("key"))
                        .filter(key -> EvolutionAddresses.plain(
                                        key.path("remoteJid").asText(""))
                                .equals(chat))
                        .flatMap(key -> EvolutionAddresses.contact(key).phone().stream())
                        .findFirst());
    }

    GatewayAnswer<Download> download(Line line, RemoteMedia media) {
        if (media.url().startsWith(EvolutionMessages.INLINE)) {
            String bytes = media.url().substring(EvolutionMessages.INLINE.length());
            return file(GatewayHttp.JSON.createObjectNode().put("base64", bytes), media);
        }
        var body = Map.of("message", Map.of("key", Map.of("id", media.id())), "convertToMp4", false);
        Request request = calls.post(line, "/chat/getBase64FromMediaMessage", body)
                .within(DOWNLOADING)
                .upTo(LONGEST_FILE / 3 * 4 + 65_536);
        Reply reply = calls.call(request);
        if (reply instanceof Reply.Answered answered && answered.status() == 400) {
            return EvolutionErrors.isSocketClosed(EvolutionErrors.words(answered))
                    ? EvolutionCalls.answer(reply).then(_ -> unavailable())
                    : unavailable();
        }
        return EvolutionCalls.answer(reply).then(answer -> file(answer, media));
    }

    private static GatewayAnswer<Download> unavailable() {
        return failed(Trouble.Kind.UNKNOWN, "The file isn’t available any more. WhatsApp keeps files for some weeks.");
    }

    private static GatewayAnswer<Download> file(JsonNode answer, RemoteMedia media) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(answer.path("base64").asText(""));
            String name = media.name().isEmpty() ? answer.path("fileName").asText("") : media.name();
            return bytes.length == 0
                    ? unavailable()
                    : done(new Download(bytes, name, answer.path("mimetype").asText(media.type())));
        } catch (IllegalArgumentException _) {
            return unavailable();
        }
    }

    /// Pages backwards through the stored messages. Some versions ignore the filter by time, so it is applied again.
    GatewayAnswer<List<HookEvent>> history(Line line, Instant since) {
        var found = new ArrayList<HookEvent>();
        for (int page = 1; page <= PAGES; page++) {
            switch (page(line, since, page)) {
                case GatewayAnswer.Failed<JsonNode>(Trouble trouble) -> {
                    return new GatewayAnswer.Failed<>(trouble);
                }
                case GatewayAnswer.Done<JsonNode>(JsonNode answer) -> {
                    List<JsonNode> records = EvolutionSending.records(answer).toList();
                    List<JsonNode> recent = records.stream()
                            .filter(record ->
                                    !EvolutionMessages.at(record).isBefore(since.truncatedTo(ChronoUnit.SECONDS)))
                            .toList();
                    recent.forEach(record ->
                            EvolutionMessages.read(line.remote(), record, since).ifPresent(found::add));
                    boolean isLast = answer.isArray()
                            || page >= answer.path("messages").path("pages").asInt(1);
                    if (isLast || recent.size() < records.size()) {
                        Collections.reverse(found);
                        return done(List.copyOf(found));
                    }
                }
            }
        }
        Collections.reverse(found);
        return done(List.copyOf(found));
    }

    private GatewayAnswer<JsonNode> page(Line line, Instant since, int page) {
        Instant second = Instant.ofEpochSecond(since.getEpochSecond());
        var where = Map.of("messageTimestamp", Map.of("gte", second.toString(), "lte", FAR));
        var body = Map.of("where", where, "page", page, "offset", PAGE);
        return calls.ask(calls.post(line, "/chat/findMessages", body).upTo(PAGE_BYTES));
    }
}
