package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.Idna;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Language;
import dev.banyan.platform.Latin;
import dev.banyan.platform.Text;
import dev.banyan.platform.config.PlanSettings.NoticesTo;
import dev.banyan.platform.mail.MailAddress;

/// The rules for usernames, e-mail addresses and the texts of an account (design 4, LinkToMe contract 4).
public final class Names {

    public static final Text DISPLAY_NAME = Text.line("displayName", "Display name", 100);
    public static final Text BIO = Text.optional("bio", "Bio", 500, true);

    public static final Text INTERNAL_LABEL = Text.optional("internalLabel", "Internal label", 100, false);
    public static final Text NOTES = Text.optional("notes", "Notes", 500, true);

    /// What a sub-account may be for (LinkToMe contract 2.11).
    private static final Set<String> TYPES = Set.of("client", "brand", "other");

    private static final Pattern USERNAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{2,29}");
    /// Leaves room for a number.
    private static final int LONGEST_DERIVED = 27;

    private Names() {}

    /// Returns the text in lower case, in which usernames and e-mails are stored and compared, without what can't be
    /// seen at its ends, as address books copy it; an e-mail with its host as DNS knows it.
    public static String lower(String typed) {
        return Idna.email(Text.clean(typed).toLowerCase(Locale.ROOT));
    }

    public static Optional<Invalid> brokenUsername(String typed) {
        if (!USERNAME.matcher(Text.clean(typed)).matches()) {
            return Optional.of(new Invalid(
                    "username",
                    "Invalid username format",
                    "Use 3 to 30 letters, digits, hyphens or underscores. Start with a letter or digit."));
        }
        return Optional.empty();
    }

    /// Returns the username that a name suggests, with room for a number: "Łódź Rowery" gives `lodz-rowery`. Empty if
    /// too little of it is left, as of emoji.
    public static Optional<String> usernameOf(String name) {
        String plain =
                lower(Latin.of(Text.clean(name))).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String cut = plain.length() > LONGEST_DERIVED
                ? plain.substring(0, LONGEST_DERIVED).replaceAll("-+$", "")
                : plain;
        return Optional.of(cut).filter(username -> brokenUsername(username).isEmpty());
    }

    public static Optional<Invalid> brokenType(String typed) {
        return TYPES.contains(typed)
                ? Optional.empty()
                : Optional.of(new Invalid("type", "type must be client, brand or other"));
    }

    public static Optional<Invalid> brokenNotify(String typed) {
        return typed.isEmpty() || noticesTo(typed).isPresent()
                ? Optional.empty()
                : Optional.of(new Invalid("notify", "notify must be parent, subaccount or both"));
    }

    /// @param typed a code, or empty for none of its own
    public static Optional<Invalid> brokenLanguage(String typed) {
        return typed.isEmpty() || Language.of(typed).isPresent()
                ? Optional.empty()
                : Optional.of(new Invalid(
                        "language",
                        "language must be one of "
                                + Arrays.stream(Language.values())
                                        .map(spoken -> spoken.code)
                                        .collect(Collectors.joining(", ")),
                        "Choose a language."));
    }

    public static Optional<NoticesTo> noticesTo(String key) {
        return Keyed.parse(NoticesTo.class, key);
    }

    /// Returns an optional text as stored: blank text becomes empty.
    public static Optional<String> kept(Optional<String> typed) {
        return typed.map(Text::clean).filter(text -> !text.isEmpty());
    }

    /// Checks an e-mail address, in any case and with a host in any script.
    public static Optional<Invalid> brokenEmail(String typed) {
        String email = Idna.email(Text.clean(typed));
        if (email.length() > MailAddress.LONGEST) {
            return Optional.of(new Invalid(
                    "email",
                    "Email must be " + MailAddress.LONGEST + " characters or less (current: " + email.length() + ")"));
        }
        return MailAddress.isValid(email)
                ? Optional.empty()
                : Optional.of(new Invalid("email", "Email must look like name@example.com"));
    }
}
