package dev.banyan.pages;

import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Shell;
import dev.banyan.platform.web.Usage;
import dev.banyan.platform.web.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * One page with its links and settings. As a {@code fragment} only the links section, which replaces {@code #links}
 * after every change. {@code problem} stands above the list of links.
 */
@CheckedTemplate(basePath = "pages")
record PageEditorPage(
        Shell shell,
        EditedPage page,
        List<LinkRow> links,
        Usage usage,
        String tierLabel,
        LinkForm newLink,
        FieldErrors newLinkErrors,
        Optional<LinkEdit> edit,
        SettingsForm settings,
        FieldErrors settingsErrors,
        Optional<FormProblem> problem,
        boolean fragment)
        implements TemplateInstance {

    /** {@code publicPath} starts with a slash; {@code onlyDefault} says that the mark cannot be taken away. */
    record EditedPage(
            String id,
            String name,
            String slug,
            boolean defaultPage,
            boolean onlyDefault,
            String publicHost,
            String publicPath,
            String username,
            boolean overLimit) {}

    /** {@code url} in full; the list shows it without its scheme. */
    record LinkRow(
            String id,
            String title,
            String url,
            boolean active,
            long clicks,
            boolean overLimit,
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

    record LinkForm(String title, String url) {
        static final LinkForm EMPTY = new LinkForm("", "");
    }

    /** The link whose form is open, with what was typed. */
    record LinkEdit(String linkId, LinkForm values, FieldErrors errors) {}

    record SettingsForm(String name, String slug, boolean defaultPage) {}
}
