package dev.banyan.whatsapp.drivers.cloud;

import static java.util.Map.entry;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Text;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;

/// Why Meta refuses to create, change or delete a template. Its own words are passed on where we have none: the person
/// who reads them has written what they may repeat.
final class CloudTemplateErrors {

    private static final int LONGEST = 300;
    private static final int BAD_PARAMETER = 100;

    private static final Map<Integer, String> SENTENCES = Map.ofEntries(
            entry(
                    2388019,
                    "This business account has as many templates as WhatsApp allows. Delete one that you don’t use."),
            entry(
                    2388023,
                    "WhatsApp still holds this name in this language: the template is being deleted, or was deleted in"
                            + " the last 30 days. Choose another name."),
            entry(
                    2388024,
                    "A template with this name exists in this language already. Edit it, or choose another name."),
            entry(2388040, "A text is too long for WhatsApp. A header and a footer have 60 characters, a body 1,024."),
            entry(2388047, "WhatsApp can’t read the header. Leave out formatting, emojis and line breaks."),
            entry(2388072, "WhatsApp can’t read the body. Check how its fields are written."),
            entry(2388073, "WhatsApp can’t read the footer. Leave out fields and line breaks."),
            entry(2388293, "The body has too many fields for its length. Write more text, or use fewer fields."),
            entry(2388299, "The body begins or ends with a field. Put words before and after it."),
            entry(200002, "WhatsApp couldn’t create the template. Check its texts and examples."));

    private CloudTemplateErrors() {}

    static GatewayAnswer<JsonNode> answer(Reply reply) {
        return GraphCalls.answer(reply, CloudTemplateErrors::trouble);
    }

    private static Trouble trouble(Reply.Answered answered) {
        GraphError error = GraphError.of(answered);
        return Stream.of(error.subcode(), error.code())
                .flatMap(code ->
                        Optional.ofNullable(SENTENCES.get(code)).stream().map(words -> told(words, code)))
                .findFirst()
                .orElseGet(() -> error.code() == BAD_PARAMETER && error.subcode() != CloudErrors.NO_SUCH_OBJECT
                        ? told(words(answered.json().path("error")), error.code())
                        : CloudErrors.trouble(error));
    }

    private static Trouble told(String words, int code) {
        return new Trouble(Trouble.Kind.REFUSED, words + " (Error " + code + ")");
    }

    private static String words(JsonNode error) {
        String words = GraphJson.first(
                GraphJson.text(error, "error_user_msg"), GraphJson.text(error.path("error_data"), "details"));
        return words.isBlank()
                ? "WhatsApp refused the template: a part is missing or not allowed."
                : "WhatsApp refused the template: “" + Text.shortened(words.strip(), LONGEST) + "”";
    }
}
