package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// One page with its links, groups and settings. As a `fragment` only the links section, which replaces `#links` after
/// every change. `problem` is shown above the list of links, `undo` names the last deleted item.
@CheckedTemplate(basePath = "pages")
record PageEditorPage(
        PageFrame shell,
        EditedPage page,
        List<Row> rows,
        Usage usage,
        Usage groupUsage,
        String tierLabel,
        LinkForm newLink,
        FieldErrors newLinkErrors,
        String newGroup,
        FieldErrors newGroupErrors,
        Optional<LinkEdit> edit,
        Optional<GroupEdit> groupEdit,
        SettingsForm settings,
        List<String> zones,
        FieldErrors settingsErrors,
        Optional<FormProblem> problem,
        Optional<Undo> undo,
        boolean fragment)
        implements TemplateInstance {

    /// The edited page. `address` is where visitors find it, without its scheme. `publicPath` starts with a slash; with
    /// `onlyDefault` the default mark can't be removed. A page without a time zone of its own has `accountZone`.
    record EditedPage(
            String id,
            String name,
            String slug,
            boolean defaultPage,
            boolean onlyDefault,
            boolean published,
            String publicHost,
            String address,
            String publicPath,
            String username,
            boolean overLimit,
            String accountZone) {}

    /// A row of the list: a link, or the heading of a group followed by its links.
    record Row(Optional<LinkRow> link, Optional<GroupRow> group) {}

    /// A link in the list. `url` is complete; the list shows it without its scheme. `group` is empty at the top level.
    record LinkRow(
            String id,
            String kind,
            String title,
            String url,
            boolean active,
            long clicks,
            boolean overLimit,
            boolean notInTier,
            String schedule,
            String lock,
            String group,
            boolean first,
            boolean last) {
        public String shownUrl() {
            return url.replaceFirst("^(https?://|tel:|sms:|mailto:)", "").replaceFirst("/$", "");
        }

        /// Returns whether it is a link, and not a heading or a text.
        public boolean leads() {
            return kind.equals("link");
        }

        public String clicksNumber() {
            return Words.grouped(clicks);
        }

        public String clicksNoun() {
            return clicks == 1 ? "click" : "clicks";
        }

        /// Returns the value that the switch sends.
        public boolean next() {
            return !active;
        }
    }

    record GroupRow(
            String id,
            String title,
            String layout,
            boolean collapsed,
            boolean active,
            long links,
            boolean overLimit,
            boolean first,
            boolean last) {
        public String linksText() {
            return Words.count(links, "link", "links");
        }

        public boolean next() {
            return !active;
        }
    }

    record LinkForm(String title, String url, String kind, String text) {
        static final LinkForm EMPTY = new LinkForm("", "", "link", "");
    }

    /// A part of the form, and the tier that it requires if this account's tier lacks it.
    record Part(boolean open, String needs) {}

    /// The link whose form is open. `picture` is the path of its picture.
    ///
    /// @param values of all fields of the form, by their names
    record LinkEdit(
            String linkId,
            String kind,
            Map<String, String> values,
            Optional<String> picture,
            FieldErrors errors,
            Part layouts,
            Part animations,
            Part scheduling,
            Part locking,
            List<Choice> layoutChoices,
            List<Choice> animationChoices,
            List<Choice> groups,
            List<String> zones) {

        /// Returns whether this part of the form is open.
        public boolean decorated() {
            return !(value("icon") + value("thumbnail")).isEmpty()
                    || !value("layout").equals("classic")
                    || !value("animation").equals("none");
        }

        public boolean scheduled() {
            return !(value("startDate") + value("endDate")).isEmpty();
        }

        public boolean locked() {
            return !value("lockType").isEmpty();
        }

        private String value(String field) {
            return values.getOrDefault(field, "");
        }
    }

    record GroupEdit(String groupId, String title, String layout, boolean collapsed, FieldErrors errors) {}

    record SettingsForm(String name, String slug, boolean defaultPage, String timeZone) {}

    record Undo(String id, String name) {}
}
