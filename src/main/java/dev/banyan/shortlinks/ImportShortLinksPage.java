package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The import of many short links: the list, and a preview of the result line by line.
@CheckedTemplate(basePath = "shortlinks")
record ImportShortLinksPage(
        PageFrame shell, String idempotencyKey, String csv, String error, Report report, boolean tried, String problem)
        implements TemplateInstance {

    record Line(long row, String subject, String text, boolean ok) {}

    record Report(List<Line> lines) {
        public long good() {
            return lines.stream().filter(Line::ok).count();
        }

        public long bad() {
            return lines.size() - good();
        }

        public String goodText() {
            return Words.count(good(), "short link", "short links");
        }
    }
}
