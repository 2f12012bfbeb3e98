package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;

/// Assigns each error to its row of the form.
final class ShortLinkErrors {

    private static final Pattern ROW = Pattern.compile("(rules|variants)\\[([0-9]+)]\\..+");

    private ShortLinkErrors() {}

    static List<ShortLinkPage.RuleRow> rules(ShortLinkForm form, FieldErrors errors) {
        var rows = new ArrayList<ShortLinkPage.RuleRow>();
        for (ShortLinkForm.Row row : form.rules()) {
            rows.add(new ShortLinkPage.RuleRow(row, below("rules[" + rows.size() + "].", errors)));
        }
        return rows;
    }

    static List<ShortLinkPage.ShareRow> variants(ShortLinkForm form, FieldErrors errors) {
        var rows = new ArrayList<ShortLinkPage.ShareRow>();
        for (ShortLinkForm.Share share : form.variants()) {
            rows.add(new ShortLinkPage.ShareRow(share, below("variants[" + rows.size() + "].", errors)));
        }
        return rows;
    }

    private static FieldErrors below(String prefix, FieldErrors errors) {
        var messages = new LinkedHashMap<String, String>();
        errors.messages().forEach((field, message) -> {
            if (field.startsWith(prefix)) {
                messages.put(field.substring(prefix.length()), message);
            }
        });
        return new FieldErrors(messages);
    }

    /// Returns all errors for the top of the page, with the row if they are about one.
    static List<String> summary(FieldErrors errors) {
        return errors.messages().entrySet().stream().map(ShortLinkErrors::line).toList();
    }

    private static String line(Map.Entry<String, String> error) {
        Matcher row = ROW.matcher(error.getKey());
        if (!row.matches()) {
            return error.getValue();
        }
        String what = row.group(1).equals("rules") ? "Rule " : "Variant ";
        return what + (Integer.parseInt(row.group(2)) + 1) + ": " + error.getValue();
    }
}
