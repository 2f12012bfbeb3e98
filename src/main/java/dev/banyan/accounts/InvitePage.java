package dev.banyan.accounts;

import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** Asks somebody to work for an account; {@code more} says that there are sub-accounts without a box to tick. */
@CheckedTemplate(basePath = "accounts")
record InvitePage(
        Shell shell, Values values, List<Box> boxes, boolean more, FieldErrors errors, Optional<FormProblem> problem)
        implements TemplateInstance {

    /** What was typed. */
    record Values(String email, String role, String scope, List<String> ticked, String named) {
        static final Values EMPTY = new Values("", "manager", "all", List.of(), "");

        public boolean owner() {
            return role.equals("owner");
        }

        public boolean listed() {
            return scope.equals("listed");
        }
    }

    /** A sub-account to tick. */
    record Box(String username, String displayName, boolean ticked) {}
}
