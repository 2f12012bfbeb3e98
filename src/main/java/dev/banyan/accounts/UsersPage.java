package dev.banyan.accounts;

import dev.banyan.platform.web.Avatar;
import dev.banyan.platform.web.Shell;
import dev.banyan.platform.web.Usage;
import dev.banyan.platform.web.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The sub-accounts of a root account; {@code pack} is empty without an agency permission. */
@CheckedTemplate(basePath = "accounts")
record UsersPage(
        Shell shell, Optional<PackUsage> pack, String search, List<Row> rows, boolean firstPage, Optional<String> next)
        implements TemplateInstance {

    /** "Agency-Pro" and "10-pack" as people read them; {@code packLabel} names all packs. */
    record PackUsage(int used, int max, String permissionLabel, String packLabel) {
        public Usage usage() {
            return new Usage(used, max);
        }

        public String text() {
            return used + " of " + max + " sub-accounts used";
        }

        public boolean full() {
            return used >= max;
        }

        public boolean none() {
            return max == 0;
        }
    }

    record Row(String username, String displayName, String tierLabel, long pages, long links, boolean active) {
        public Avatar avatar() {
            return Avatar.of(displayName, username);
        }

        public String pagesText() {
            return Words.count(pages, "page", "pages");
        }

        public String linksText() {
            return Words.count(links, "link", "links");
        }
    }
}
