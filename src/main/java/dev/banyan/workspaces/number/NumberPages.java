package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Sender;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.access.AdminRequest;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Makes [NumberPage] available as a parameter of resource methods.
@Singleton
record NumberPages(WorkspaceNumbers numbers) {

    /// Checked again in a transaction, because the role may have been revoked a moment ago.
    @Produces
    @Dependent
    @Unremovable
    NumberPage page(AdminRequest request) {
        return numbers.find(request.actor(), request.id())
                .orElseThrow(refusal -> new EarlyAnswer(request.refused(refusal)))
                .number()
                .map(number -> new NumberPage(request, number))
                .orElseThrow(() -> new EarlyAnswer(Html.seeOther(request.path(NumberPage.ADDRESS))));
    }

    /// A request about the number that a workspace has: `@Context NumberPage page`. Without a number, people have been
    /// redirected to its page by then.
    record NumberPage(AdminRequest request, Sender number) {

        /// The address of the page, below that of the workspace.
        static final String ADDRESS = "/whatsapp";

        Call call() {
            return request.call();
        }

        AccountId tenant() {
            return number.tenant();
        }

        Actor actor() {
            return request.actor().actor();
        }

        Response done(String done) {
            return done(request, done);
        }

        /// Returns to the page. Only the account's frame has toasts for it.
        static Response done(AdminRequest request, String done) {
            String toast = request.as().isEmpty() || done.isEmpty() ? "" : "&done=" + done;
            return Html.seeOther(request.path(ADDRESS) + toast);
        }
    }
}
