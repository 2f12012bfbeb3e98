package dev.banyan.whatsapp.drivers.cloud;

import static java.util.Map.entry;

import module java.base;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.cloud.CloudErrors.Meaning;

/// Every error code that Meta names, with what people can do about it.
final class CloudErrorTable {

    static final Meaning TOKEN = new Meaning(
            Why.CREDENTIALS,
            "The access token is wrong or has expired. Enter a new one in the connection: messages wait until then.");

    private static final Meaning RIGHTS = new Meaning(
            Why.CREDENTIALS,
            "The access token lacks a right. Give its system user whatsapp_business_messaging and"
                    + " whatsapp_business_management for this WhatsApp Business Account.");
    private static final Meaning CALLS = new Meaning(
            Why.LATER, "Meta’s limit of calls is reached. We try again in a few minutes.", Duration.ofMinutes(5));
    private static final Meaning HICCUP =
            new Meaning(Why.LATER, "WhatsApp has a problem of its own. We try again soon.", Duration.ofSeconds(30));
    private static final Meaning PARAMETER =
            new Meaning(Why.MESSAGE, "WhatsApp can’t read this message: a value is missing or not allowed.");
    private static final Meaning VALUES = new Meaning(
            Why.TEMPLATE, "A value doesn’t fit the template. Compare the values with the template and send it again.");
    private static final Meaning PIN = new Meaning(
            Why.DISCONNECTED,
            "The number’s two-step PIN isn’t accepted. Register the number again in WhatsApp Manager.");
    private static final Meaning REGISTRATION = new Meaning(
            Why.DISCONNECTED, "The number isn’t registered with the Cloud API. Register it in WhatsApp Manager.");

    private static final int FIRST_PERMISSION = 200;
    private static final int LAST_PERMISSION = 299;

    private static final Map<Integer, Meaning> OF_CODE = Map.ofEntries(
            entry(0, TOKEN),
            entry(190, TOKEN),
            entry(3, RIGHTS),
            entry(10, RIGHTS),
            entry(131005, RIGHTS),
            entry(4, CALLS),
            entry(80007, CALLS),
            entry(80008, CALLS),
            entry(613, CALLS),
            entry(1, HICCUP),
            entry(2, HICCUP),
            entry(131000, HICCUP),
            entry(131016, HICCUP),
            entry(133000, HICCUP),
            entry(133004, HICCUP),
            entry(139103, HICCUP),
            entry(100, PARAMETER),
            entry(131008, PARAMETER),
            entry(131009, PARAMETER),
            entry(135000, PARAMETER),
            later(130429, "This number sends too fast for WhatsApp. We slow down and go on.", Duration.ofSeconds(10)),
            later(131057, "WhatsApp is maintaining this number. We try again in a minute.", Duration.ofMinutes(1)),
            later(132069, "Too many messages with this flow. We try again in an hour.", Duration.ofHours(1)),
            later(133015, "This number was just deleted. WhatsApp takes it again soon.", Duration.ofMinutes(5)),
            entry(
                    131056,
                    new Meaning(
                            Why.PAIR_LIMIT,
                            "Too many messages to this contact in a short time. The next one goes out soon.",
                            Duration.ofSeconds(6))),
            of(
                    368,
                    Why.RESTRICTED,
                    "WhatsApp has limited this business account because of its policies. See Account Quality in"
                            + " WhatsApp Manager."),
            of(
                    131048,
                    Why.RESTRICTED,
                    "Too many people blocked or reported this number. Stop campaigns and see its quality rating in"
                            + " WhatsApp Manager."),
            of(
                    131042,
                    Why.RESTRICTED,
                    "WhatsApp can’t charge this business account. Add or mend its payment method in Meta Business"
                            + " Settings."),
            of(
                    131064,
                    Why.RESTRICTED,
                    "The limit for new chats is reached, because templates are in the wrong category. Correct them in"
                            + " WhatsApp Manager."),
            of(131031, Why.BANNED, "WhatsApp has locked this business account. Appeal in WhatsApp Manager."),
            of(133007, Why.BANNED, "WhatsApp has blocked this number. Appeal in WhatsApp Manager."),
            of(
                    131037,
                    Why.DISCONNECTED,
                    "The display name of this number isn’t approved yet. Set one in WhatsApp Manager."),
            of(
                    131045,
                    Why.DISCONNECTED,
                    "The number’s registration is damaged. Register it again in WhatsApp Manager."),
            entry(133010, REGISTRATION),
            entry(133006, REGISTRATION),
            of(
                    133016,
                    Why.DISCONNECTED,
                    "The number was registered too often. WhatsApp allows it again in three days."),
            entry(133005, PIN),
            entry(133008, PIN),
            entry(133009, PIN),
            of(
                    136025,
                    Why.DISCONNECTED,
                    "The code to verify the number is wrong. Ask for a new one in WhatsApp Manager."),
            of(130472, Why.CONTACT, "WhatsApp keeps marketing messages from this contact as part of a test."),
            of(130497, Why.CONTACT, "WhatsApp doesn’t let this account write to the contact’s country."),
            of(131021, Why.CONTACT, "The contact is the number that sends. Choose another contact."),
            of(
                    131026,
                    Why.CONTACT,
                    "The message can’t be delivered: the contact isn’t on WhatsApp, uses an old version, or has blocked"
                            + " this number."),
            of(
                    131030,
                    Why.CONTACT,
                    "This is a test number, and the contact isn’t on its list. Add the contact to the list in Meta’s"
                            + " dashboard."),
            of(
                    131049,
                    Why.CONTACT,
                    "WhatsApp limits how much marketing each person gets, and this contact has had enough for now. Wait"
                            + " at least a day."),
            of(
                    131062,
                    Why.CONTACT,
                    "This message needs the contact’s phone number, and WhatsApp hides it. Ask the contact to write"
                            + " first."),
            of(137000, Why.CONTACT, "The contact’s identity has changed. Confirm it with them before you write."),
            of(131050, Why.OPTED_OUT, "The contact has stopped marketing messages from this business."),
            of(
                    131047,
                    Why.WINDOW_CLOSED,
                    "More than 24 hours have passed since the contact’s last message. Use a template."),
            of(
                    131063,
                    Why.TEMPLATE,
                    "Marketing templates are turned off for this business account. Turn them on in WhatsApp Manager."),
            of(132000, Why.TEMPLATE, "The template takes another number of values. Fill in each placeholder once."),
            of(
                    132001,
                    Why.TEMPLATE,
                    "There is no approved template with this name in this language. Synchronize the templates and choose"
                            + " another."),
            of(132005, Why.TEMPLATE, "The template is too long with these values. Shorten them."),
            of(132007, Why.TEMPLATE, "WhatsApp finds that this template breaks its policies. Edit or replace it."),
            entry(132008, VALUES),
            entry(132012, VALUES),
            of(
                    132015,
                    Why.TEMPLATE,
                    "WhatsApp has paused this template because of its quality. Use another one, or wait until the pause"
                            + " ends."),
            of(132016, Why.TEMPLATE, "WhatsApp has disabled this template for good. Use another one."),
            of(132018, Why.TEMPLATE, "A value of the template is not allowed. Compare the values with the template."),
            of(132068, Why.TEMPLATE, "The template’s flow is blocked. Mend the flow or use another template."),
            of(131043, Why.MESSAGE, "The message expired before WhatsApp could send it."),
            of(131051, Why.MESSAGE, "WhatsApp doesn’t take this kind of message."),
            of(131052, Why.MESSAGE, "WhatsApp can’t load this file. Ask the contact to send it again."),
            of(
                    131053,
                    Why.MESSAGE,
                    "WhatsApp doesn’t take this file. Check its format and size, or send it as a document."));

    private CloudErrorTable() {}

    private static Map.Entry<Integer, Meaning> of(int code, Why why, String sentence) {
        return entry(code, new Meaning(why, sentence));
    }

    private static Map.Entry<Integer, Meaning> later(int code, String sentence, Duration pause) {
        return entry(code, new Meaning(Why.LATER, sentence, pause));
    }

    /// Whether it is the token itself that is wrong, not one of its rights.
    static boolean isOfToken(String sentence) {
        return sentence.startsWith(TOKEN.sentence());
    }

    static Optional<Meaning> of(int code) {
        return code >= FIRST_PERMISSION && code <= LAST_PERMISSION
                ? Optional.of(RIGHTS)
                : Optional.ofNullable(OF_CODE.get(code));
    }
}
