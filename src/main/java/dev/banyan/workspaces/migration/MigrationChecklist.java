package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;

/// The ten steps of the seed's migration checklist for a project. A step is done when its condition holds; if only
/// people can tell, or there is nothing to move, it is ticked by hand.
@Singleton
record MigrationChecklist(Database database, Clock clock) {

    /// The most workspaces offered in forms.
    private static final int OFFERED = 100;

    /// The steps in order.
    public enum Step implements Keyed {
        ENABLE,
        PLAN,
        CREATE,
        USERS,
        CONVERSATIONS,
        FILES,
        NUMBERS,
        ADDRESSES,
        DOORS,
        CLEAN_UP
    }

    /// @param bySelf whether its condition holds
    /// @param byHand when it was ticked by hand
    public record Point(Step step, boolean bySelf, Optional<Instant> byHand) {

        public boolean done() {
            return bySelf || byHand.isPresent();
        }
    }

    /// What the project has already.
    ///
    /// @param numbers workspaces with their own number
    public record Facts(long workspaces, long users, long numbers, long conversations, long files) {}

    /// @param offered the newest workspaces
    public record Guide(List<Point> points, Facts facts, List<Workspace> offered) {

        public long done() {
            return points.stream().filter(Point::done).count();
        }
    }

    /// @param project found for this context
    public Guide of(AccountContext context, Project project) {
        Owner owner = context.owner();
        return database.read(tx -> {
            var store = new MigrationStore(tx);
            Facts facts = store.facts(owner, project.id());
            Map<String, Instant> ticked = store.steps(owner, project.id());
            List<Point> points = Arrays.stream(Step.values())
                    .map(step -> new Point(
                            step, showsBySelf(step, project, facts), Optional.ofNullable(ticked.get(step.key()))))
                    .toList();
            List<Workspace> offered =
                    new WorkspaceStore(tx).findAll(owner, project.id(), store.newest(owner, project.id(), OFFERED));
            return new Guide(points, facts, offered);
        });
    }

    private static boolean showsBySelf(Step step, Project project, Facts facts) {
        return switch (step) {
            case ENABLE -> project.enabled();
            case CREATE -> facts.workspaces() > 0;
            case USERS -> facts.users() > 0;
            case CONVERSATIONS -> facts.conversations() > 0;
            case FILES -> facts.files() > 0;
            case NUMBERS -> facts.numbers() > 0;
            case PLAN, ADDRESSES, DOORS, CLEAN_UP -> false;
        };
    }

    /// Ticks a step by hand, or unticks it.
    ///
    /// @param project found for this context
    public void tick(AccountContext context, Project project, Step step, boolean done) {
        database.write(tx -> {
            var store = new MigrationStore(tx);
            if (new ProjectStore(tx).lock(context.owner(), project.id()).isPresent()) {
                if (done) {
                    store.tick(context.owner(), project.id(), step.key(), clock.instant());
                } else {
                    store.untick(context.owner(), project.id(), step.key());
                }
            }
            return step;
        });
    }
}
