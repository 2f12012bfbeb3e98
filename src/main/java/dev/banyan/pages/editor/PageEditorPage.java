package dev.banyan.pages.editor;

import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * One page with its links, groups and settings. As a {@code fragment} only the links section, which replaces
 * {@code #links} after every change. {@code problem} stands above the list of links, {@code undo} names what was deleted
 * last.
 */
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
        FieldErrors settingsErrors,
        Optional<FormProblem> problem,
        Optional<Undo> undo,
        boolean fragment)
        implements TemplateInstance {

    /** {@code publicPath} starts with a slash; {@code onlyDefault} says that the mark cannot be taken away. */
    record EditedPage(
            String id,
            String name,
            String slug,
            boolean defaultPage,
            boolean onlyDefault,
            boolean published,
            String publicHost,
            String publicPath,
            String username,
            boolean overLimit) {}

    /** What stands in the list: a link or the head of a group, whose links come after it. */
    record Row(Optional<LinkRow> link, Optional<GroupRow> group) {}

    /** {@code url} in full; the list shows it without its scheme. {@code group} is empty on the page itself. */
    record LinkRow(
            String id,
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
            return url.replaceFirst("^https?://", "").replaceFirst("/$", "");
        }

        public String clicksNumber() {
            return Words.grouped(clicks);
        }

        public String clicksNoun() {
            return clicks == 1 ? "click" : "clicks";
        }

        /** What a press on the switch asks for. */
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

    record LinkForm(String title, String url) {
        static final LinkForm EMPTY = new LinkForm("", "");
    }

    /** All of a link, as the fields of its form hold it. */
    record EditForm(
            String title,
            String url,
            String icon,
            String thumbnail,
            String thumbnailType,
            String layout,
            String animation,
            String group,
            String startDate,
            String endDate,
            String timezone,
            String lockType,
            String lockCode,
            String lockMessage) {

        /** Which parts of the form stand open. */
        public boolean decorated() {
            return !(icon + thumbnail).isEmpty() || !layout.equals("classic") || !animation.equals("none");
        }

        public boolean scheduled() {
            return !(startDate + endDate).isEmpty();
        }

        public boolean locked() {
            return !lockType.isEmpty();
        }
    }

    /** A part of the form, and which tier has it where this account's has not. */
    record Part(boolean open, String needs) {}

    /** The link whose form is open, with what was typed. {@code picture} is the path of the one that it has. */
    record LinkEdit(
            String linkId,
            EditForm values,
            Optional<String> picture,
            FieldErrors errors,
            Part layouts,
            Part animations,
            Part scheduling,
            Part locking,
            List<Choice> layoutChoices,
            List<Choice> animationChoices,
            List<Choice> groups,
            List<String> zones) {}

    record GroupEdit(String groupId, String title, String layout, boolean collapsed, FieldErrors errors) {}

    record SettingsForm(String name, String slug, boolean defaultPage) {}

    record Undo(String id, String name) {}
}
