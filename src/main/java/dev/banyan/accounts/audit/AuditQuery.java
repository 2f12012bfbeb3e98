package dev.banyan.accounts.audit;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.audit.AuditWords;

/// The filters of an audit page as typed, as the address carries them. A text is empty if nothing was typed.
///
/// @param person an e-mail, or `server`
/// @param scope `server` for acts on the server itself; only operators can choose it
public record AuditQuery(
        String search, String action, String account, String person, String from, String to, String scope) {

    static final String SERVER = "server";
    private static final int LONGEST = 254;

    public AuditQuery {
        search = cut(search);
        action = cut(action);
        account = cut(account).replaceFirst("^@", "").toLowerCase(Locale.ROOT);
        person = cut(person).toLowerCase(Locale.ROOT);
        from = cut(from);
        to = cut(to);
        scope = cut(scope);
    }

    private static String cut(String typed) {
        String text = typed.strip();
        return text.substring(0, Math.min(text.length(), LONGEST));
    }

    public boolean isEmpty() {
        return equals(new AuditQuery("", "", "", "", "", "", ""));
    }

    /// Returns one sentence for each filter that cannot be understood.
    List<String> mistakes() {
        var mistakes = new ArrayList<String>();
        if (!action.isEmpty() && !AuditWords.actions().contains(action)) {
            mistakes.add("Choose an action from the list.");
        }
        if (!from.isEmpty() && date(from).isEmpty() || !to.isEmpty() && date(to).isEmpty()) {
            mistakes.add("Enter dates like 2026-11-20.");
        } else if (date(from).isPresent()
                && date(to).isPresent()
                && date(to).get().isBefore(date(from).get())) {
            mistakes.add("“To” must be the same day as “From” or later.");
        }
        return mistakes;
    }

    Optional<LocalDate> firstDay() {
        return date(from);
    }

    Optional<LocalDate> lastDay() {
        return date(to);
    }

    private static Optional<LocalDate> date(String text) {
        return Parse.of(text, LocalDate::parse).filter(AuditQuery::isSensible);
    }

    private static boolean isSensible(LocalDate date) {
        return date.getYear() >= 1970 && date.getYear() <= 9999;
    }

    /// Returns the filters as a query string, such as `q=harbour&from=2026-11-20`, without empty ones.
    String text() {
        var text = new ArrayList<String>();
        add(text, "q", search);
        add(text, "action", action);
        add(text, "account", account);
        add(text, "person", person);
        add(text, "from", from);
        add(text, "to", to);
        add(text, "scope", scope);
        return String.join("&", text);
    }

    private static void add(List<String> text, String name, String value) {
        if (!value.isEmpty()) {
            text.add(name + "=" + WebAddresses.encoded(value));
        }
    }
}
