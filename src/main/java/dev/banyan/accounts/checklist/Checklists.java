package dev.banyan.accounts.checklist;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.context.RouteRights;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// The checklist of an account. It is hidden for good when an owner has seen it complete, or dismissed it, until an
/// owner asks for it again.
@Singleton
public record Checklists(Database database, @All List<FirstSteps> contributors) {

    /// Returns what the dashboard shows; empty for a brand, once the list is hidden, and if the viewer may take none of
    /// the steps. Shows a complete list once.
    public Optional<Checklist> of(AccountContext context, boolean operator) {
        if (context.isSubAccount() || context.root().checklistHidden()) {
            return Optional.empty();
        }
        var viewer = new Viewer(context, operator);
        List<FirstStep> steps = database.read(tx -> steps(tx, viewer));
        boolean owner = context.membership().isOwner();
        var checklist = new Checklist(steps, owner);
        if (checklist.complete() && !owner) {
            return Optional.empty();
        }
        if (checklist.complete()) {
            setHidden(context, true);
        }
        return Optional.of(checklist).filter(shown -> !shown.steps().isEmpty());
    }

    private List<FirstStep> steps(Tx tx, Viewer viewer) {
        return contributors.stream()
                .flatMap(steps -> steps.of(tx, viewer).stream())
                .filter(step -> RouteRights.permit(
                        "GET " + step.path(), viewer.context().membership()))
                .sorted(Comparator.comparing(FirstStep::place))
                .toList();
    }

    /// Hides or shows the checklist of the context's root account.
    void setHidden(AccountContext context, boolean hidden) {
        database.write(tx -> {
            new AccountStore(tx).setChecklistHidden(context.root().id(), hidden);
            return hidden;
        });
    }
}
