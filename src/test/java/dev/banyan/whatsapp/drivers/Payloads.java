package dev.banyan.whatsapp.drivers;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.connections.NumberStatus;

/// Webhooks as gateways send them, from `src/test/resources/whatsapp`, and what they mean in one line each. A new
/// sample
/// is a body in one of these files.
public final class Payloads {

    /// @param told one line for each event
    public record Payload(String what, byte[] body, List<String> told) {
        @Override
        public String toString() {
            return what;
        }
    }

    private Payloads() {}

    public static Stream<Payload> of(String gateway) {
        try (InputStream file = Payloads.class.getResourceAsStream("/whatsapp/" + gateway + ".json")) {
            return GatewayHttp.JSON
                    .readTree(Objects.requireNonNull(file))
                    .path("payloads")
                    .valueStream()
                    .map(one -> new Payload(
                            one.path("what").asText(),
                            one.path("body").toString().getBytes(StandardCharsets.UTF_8),
                            one.path("told").valueStream().map(JsonNode::asText).toList()))
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static List<String> lines(List<HookEvent> events) {
        return events.stream().map(Payloads::line).toList();
    }

    private static String line(HookEvent event) {
        return switch (event) {
            case HookEvent.Message message -> "from " + who(message.chat()) + ": " + said(message);
            case HookEvent.Echo(HookEvent.Message message) -> "to " + who(message.chat()) + ": " + said(message);
            case HookEvent.Edited edited -> edited.provider() + " is now: " + edited.text();
            case HookEvent.Deleted deleted -> deleted.provider() + " is deleted";
            case HookEvent.Reacted reacted ->
                "reaction to " + reacted.provider() + " by " + who(reacted.chat()) + ": " + reacted.emoji();
            case HookEvent.Seen seen -> "read up to " + seen.provider();
            case HookEvent.Receipt receipt -> receipt.provider() + " " + receipt.stage();
            case HookEvent.Undeliverable not ->
                not.provider() + " failed (" + not.why().refusal().kind() + ")";
            case HookEvent.Priced priced -> priced.provider() + " costs " + priced.category();
            case HookEvent.Paired(var phone, String user) -> "pair " + phone + " = " + user;
            case HookEvent.UserIdChanged(String from, String to, var _) -> from + " is now " + to;
            case HookEvent.NumberChanged(String _, var from, var to) -> from + " is now " + to;
            case HookEvent.Preference(String _, ChatAddress chat, boolean isStop) ->
                (isStop ? "no marketing for " : "marketing for ") + who(chat);
            case HookEvent.Notice notice -> "notice: " + notice.title();
            case HookEvent.TemplatesChanged _ -> "templates";
            case HookEvent.StatusChanged(String _, NumberStatus status) -> "state " + status.state();
            case HookEvent.CodeChanged _ -> "code";
            case HookEvent.Typing typing -> who(typing.chat()) + (typing.isTyping() ? " types" : " stopped typing");
            case HookEvent.Alive _ -> "alive";
        };
    }

    private static String who(ChatAddress chat) {
        return chat.phone().map(Object::toString).orElse(chat.value());
    }

    private static String said(HookEvent.Message message) {
        return Stream.of(
                        message.text(),
                        message.media()
                                .map(file -> "(file " + file.type() + ")")
                                .orElse(""),
                        message.content().quoted().map(Payloads::about).orElse(""),
                        message.content()
                                .ad()
                                .map(ad -> "(ad “" + ad.headline() + "”)")
                                .orElse(""),
                        message.group().map(group -> "(in " + group + ")").orElse(""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String about(Quoted quoted) {
        return "(about " + quoted.provider() + (quoted.isOurs() ? ", ours)" : ")");
    }
}
