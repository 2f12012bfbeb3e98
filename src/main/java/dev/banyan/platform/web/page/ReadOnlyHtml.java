package dev.banyan.platform.web.page;

import module java.base;

/// Switches off what would change something on the pages of a read-only account: the fields and buttons of every form
/// that is posted, the buttons that open a question, and links to pages that are only a form. The server refuses these
/// changes anyway; here people see it before they try. It works on the finished HTML, so that no page can forget it.
public final class ReadOnlyHtml {

    /// Links whose path ends in one of these words lead to a page that is only a form.
    private static final Set<String> FORM_PAGES =
            Set.of("new", "add", "edit", "copy", "import", "move", "delete", "remove", "suspend", "restore");

    private static final Pattern TAG =
            Pattern.compile("<(/?)(form|button|input|select|textarea|a|div)\\b((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>");
    private static final Pattern MAIN = Pattern.compile("<main\\b[^>]* id=\"main\"[^>]*>");
    private static final Pattern QUESTION = Pattern.compile("\\bclass=\"confirm[ \"]");
    private static final Pattern POSTED = Pattern.compile("\\bmethod=\"post\"|\\bhx-(?:post|put|patch|delete)=");
    private static final Pattern LINK = Pattern.compile(" (?:href|hx-[a-z-]+)=\"[^\"]*\"");
    /// What closes, copies or shows changes nothing.
    private static final Pattern HARMLESS = Pattern.compile(
            "\\bdata-(?:close|copy|dismiss)\\b|\\bpopovertargetaction=\"hide\"|\\btype=\"hidden\"|\\bdisabled\\b");

    private final String account;
    private final String reason;
    private final Set<String> allowed;
    private final Set<String> forms = new HashSet<>();
    private final Set<String> questions = new HashSet<>();

    private ReadOnlyHtml(String account, String reason, Set<String> allowed) {
        this.account = account;
        this.reason = reason;
        this.allowed = allowed;
    }

    /// @param account what links name it in `as`; links to other accounts stay
    /// @param reason shown on the controls, and above all in a page or a dialog where one is off
    /// @param allowed the addresses of forms that stay
    public static String of(String html, String account, String reason, Set<String> allowed) {
        var page = new ReadOnlyHtml(account, reason, allowed);
        page.find(html);
        String off = page.switchOff(html);
        if (off.contains("id=\"read-only\"")) {
            return off;
        }
        Matcher main = MAIN.matcher(off);
        if (!off.equals(html) && main.find()) {
            return off.substring(0, main.end())
                    + banner("id=\"read-only\" role=\"note\"", reason)
                    + off.substring(main.end());
        }
        return page.forms.isEmpty()
                ? off
                : off.replace(
                        "<div class=\"dialog-body\">", "<div class=\"dialog-body\">" + banner("role=\"note\"", reason));
    }

    /// What a tooltip says, phones and keyboards don’t show.
    private static String banner(String attributes, String reason) {
        return "<div class=\"banner warn\" " + attributes + "><div><strong>" + reason + "</strong></div></div>";
    }

    /// Finds the forms by their ids, and the questions that contain one.
    private void find(String html) {
        String question = "";
        Matcher tag = TAG.matcher(html);
        while (tag.find()) {
            String attributes = tag.group(3);
            if (tag.group(2).equals("div") && QUESTION.matcher(attributes).find()) {
                question = value(attributes, "id").orElse("");
            } else if (tag.group(2).equals("form") && isWrite(attributes)) {
                forms.add(value(attributes, "id").orElse(""));
                questions.add(question);
                question = "";
            }
        }
        questions.remove("");
    }

    private String switchOff(String html) {
        var off = new StringBuilder(html.length() + 1_000);
        boolean inside = false;
        Matcher tag = TAG.matcher(html);
        while (tag.find()) {
            String name = tag.group(2);
            String attributes = tag.group(3);
            boolean end = !tag.group(1).isEmpty();
            if (name.equals("form")) {
                inside = !end && isWrite(attributes);
            }
            tag.appendReplacement(off, Matcher.quoteReplacement(end ? tag.group() : drawn(name, attributes, inside)));
        }
        return tag.appendTail(off).toString();
    }

    private String drawn(String name, String attributes, boolean inside) {
        return switch (name) {
            case "a" ->
                leadsToForm(attributes)
                        ? "<a role=\"link\" aria-disabled=\"true\" title=\"" + reason + "\""
                                + LINK.matcher(attributes).replaceAll("") + ">"
                        : "<a" + attributes + ">";
            case "form", "div" -> "<" + name + attributes + ">";
            default ->
                isWrite(name, attributes, inside)
                        ? "<" + name + " disabled" + (name.equals("button") ? " title=\"" + reason + "\"" : "")
                                + attributes + ">"
                        : "<" + name + attributes + ">";
        };
    }

    private boolean isWrite(String name, String attributes, boolean inside) {
        if (HARMLESS.matcher(attributes).find()) {
            return false;
        }
        return value(attributes, "form").map(forms::contains).orElse(inside)
                || name.equals("button")
                        && (POSTED.matcher(attributes).find()
                                || value(attributes, "popovertarget")
                                        .filter(questions::contains)
                                        .isPresent());
    }

    private boolean isWrite(String form) {
        return POSTED.matcher(form).find()
                && value(form, "action").filter(allowed::contains).isEmpty();
    }

    private boolean leadsToForm(String attributes) {
        return value(attributes, "href")
                .filter(href -> href.startsWith("/")
                        && (!href.contains("as=") || href.contains("as=" + account))
                        && (FORM_PAGES.contains(href.replaceFirst("[?#].*", "").replaceFirst(".*/", ""))
                                || href.contains("?edit=")))
                .isPresent();
    }

    private static Optional<String> value(String attributes, String name) {
        Matcher value = Pattern.compile("(?:^|\\s)" + name + "=\"([^\"]*)\"").matcher(attributes);
        return value.find() ? Optional.of(value.group(1)) : Optional.empty();
    }
}
