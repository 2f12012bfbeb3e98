package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.TemplateDraft;
import dev.banyan.whatsapp.drivers.Upload;
import dev.banyan.whatsapp.drivers.cloud.CloudFiles.Form;
import dev.banyan.whatsapp.drivers.cloud.CloudMessages.Uploaded;

/// Sends messages: first the file, then the message that names it.
record CloudSending(GraphCalls graph, CloudTemplates templates, Clock clock) {

    private static final int UNAVAILABLE = 503;

    SendResult send(Line line, OutgoingMessage message, Optional<Upload> file, Optional<String> chat) {
        Optional<SendResult.NotSent> refusal = CloudMessages.refusal(message, file.isPresent());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return file.map(upload -> withFile(line, message, upload, chat))
                .orElseGet(() -> post(line, message, chat, Optional.empty()));
    }

    private SendResult withFile(Line line, OutgoingMessage message, Upload file, Optional<String> chat) {
        try {
            return switch (CloudFiles.form(message.content(), file)) {
                case Form.Refused(String sentence) -> SendResult.notSent(Why.MESSAGE, sentence);
                case Form.Taken taken -> upload(line, message, file, taken, chat);
            };
        } catch (IOException _) {
            return SendResult.notSent(Why.MESSAGE, "The file of this message can’t be read.");
        }
    }

    /// Nothing has reached the contact before the message itself is posted, so an upload that failed is certain.
    private SendResult upload(Line line, OutgoingMessage message, Upload file, Form.Taken form, Optional<String> chat)
            throws IOException {
        byte[] bytes = file.bytes();
        var fields = new LinkedHashMap<String, String>();
        fields.put("messaging_product", "whatsapp");
        fields.put("type", form.type());
        Reply reply = graph.sendForm(
                line.gateway(), path(line) + "/media", MultipartForm.of(fields, file.name(), form.type(), bytes));
        return switch (reply) {
            case Reply.Silence silence -> notSent(silence.trouble());
            case Reply.Answered answered -> {
                Optional<String> id = GraphJson.given(answered.json(), "id");
                yield answered.isSuccess() && id.isPresent()
                        ? post(line, message, chat, Optional.of(new Uploaded(id.get(), file.name(), form)))
                        : refused(answered);
            }
        };
    }

    private SendResult post(Line line, OutgoingMessage message, Optional<String> chat, Optional<Uploaded> file) {
        Optional<MessageTemplate> template = template(line, message);
        JsonNode body = CloudMessages.body(
                message,
                chat,
                file,
                template.filter(MessageTemplate::isNamed)
                        .flatMap(one ->
                                TemplateDraft.fields(one.header()).stream().findFirst()));
        boolean isApart = template.filter(one -> one.category().equalsIgnoreCase("marketing"))
                        .isPresent()
                && line.gateway().connection().marketingMessages();
        return switch (graph.send(line.gateway(), path(line) + (isApart ? "/marketing_messages" : "/messages"), body)) {
            case Reply.Silence silence ->
                silence.mayHaveArrived() ? unknown(silence.trouble()) : notSent(silence.trouble());
            case Reply.Answered answered -> result(answered, message);
        };
    }

    /// Reads what the order of a message doesn't carry: the name of a placeholder in a header, which templates with
    /// named ones want, and the category, where it decides how the message is sent.
    private Optional<MessageTemplate> template(Line line, OutgoingMessage message) {
        if (!(message.content().detail() instanceof MessageContent.Template template)
                || !line.gateway().connection().marketingMessages()
                        && (template.header().isEmpty() || template.names().isEmpty())) {
            return Optional.empty();
        }
        return switch (templates.find(line.gateway(), template)) {
            case GatewayAnswer.Done<Optional<MessageTemplate>>(Optional<MessageTemplate> found) -> found;
            case GatewayAnswer.Failed<Optional<MessageTemplate>> _ -> Optional.empty();
        };
    }

    private SendResult result(Reply.Answered answered, OutgoingMessage message) {
        if (!answered.isSuccess() || answered.json().has("error")) {
            return failed(answered);
        }
        JsonNode taken = answered.json().path("messages").path(0);
        return GraphJson.given(taken, "id")
                .<SendResult>map(id -> new SendResult.Sent(
                        id,
                        GraphJson.given(answered.json().path("contacts").path(0), "wa_id"),
                        held(taken.path("message_status").asText(), message)))
                .orElseGet(() -> new SendResult.Unknown(
                        "WhatsApp’s answer can’t be read, so it is unknown whether the message was sent."));
    }

    /// WhatsApp tries a new template on some people first, and lets the rest wait for what they think of it. What
    /// becomes
    /// of these messages is told by receipts.
    private static Optional<String> held(String status, OutgoingMessage message) {
        String which = message.content().detail() instanceof MessageContent.Template template
                ? " messages of the template “" + template.name() + "”"
                : " messages";
        return switch (status) {
            case "held_for_quality_assessment" ->
                Optional.of("WhatsApp holds back" + which + " until it has judged their quality. Then it delivers or"
                        + " refuses them.");
            case "paused" ->
                Optional.of("WhatsApp has paused" + which
                        + " because of their quality. When the pause ends, it delivers" + " or refuses them.");
            default -> Optional.empty();
        };
    }

    /// An error that Meta's program has written means that the message was refused. A bare error of a server in
    /// between says nothing, except that nothing was there to take it (503).
    private SendResult failed(Reply.Answered answered) {
        GraphError error = GraphError.of(answered);
        return !error.isReadable() && error.isOverload() && answered.status() != UNAVAILABLE
                ? new SendResult.Unknown("WhatsApp’s server broke down with HTTP " + answered.status()
                        + ", so it is unknown whether the message was sent.")
                : refused(answered);
    }

    private SendResult refused(Reply.Answered answered) {
        return CloudErrors.notSent(GraphError.of(answered), clock.instant());
    }

    private static SendResult unknown(Trouble trouble) {
        return new SendResult.Unknown(trouble.sentence() + " The message may have been sent.");
    }

    private static SendResult notSent(Trouble trouble) {
        return switch (trouble.kind()) {
            case ADDRESS_REFUSED -> SendResult.notSent(Why.DISCONNECTED, trouble.sentence());
            case CREDENTIALS -> SendResult.notSent(Why.CREDENTIALS, trouble.sentence());
            case UNREACHABLE, TIMED_OUT, UNKNOWN, LATER, OPERATOR, UNSUPPORTED, REFUSED ->
                SendResult.notSent(Why.LATER, trouble.sentence());
        };
    }

    private static String path(Line line) {
        return "/" + GraphCalls.encoded(line.remote());
    }
}
