package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.BackgroundRuns;
import dev.banyan.platform.BackgroundRuns.ListRun;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.web.page.LongTask;

/// Acts of people on many things of their agency: a few at once, more after the request, while a page says how far they
/// are. A run ends when the person may act there no longer.
///
/// @param <L> what became of one thing
public final class ContextRuns<L> {

    private static final int AT_ONCE = 20;

    private final Contexts contexts;
    private final BackgroundRuns<Person, ListRun<L>> runs = new BackgroundRuns<>();

    public ContextRuns(Contexts contexts) {
        this.contexts = contexts;
    }

    /// Another person of the agency may not know all that it has.
    private record Person(AccountId agency, IdentityId identity) {

        static Person of(AccountContext context) {
            return new Person(context.root().id(), context.identity());
        }
    }

    /// Does the same with each of a few things, or begins to do it with many.
    ///
    /// @return false while another run of the person, or too many of others, are running
    public <T> boolean run(AccountContext context, List<T> things, Function<T, L> act) {
        var run = new ListRun<L>(things.size(), () -> contexts.holds(context));
        BackgroundRuns.Work work = () -> things.forEach(thing -> run.tell(act.apply(thing)));
        return things.size() > AT_ONCE
                ? runs.begin(Person.of(context), run, work)
                : runs.now(Person.of(context), run, work);
    }

    /// Returns the person's last run as a task.
    ///
    /// @param title made of the number of things
    /// @param path of its page
    public List<LongTask> task(AccountContext context, LongFunction<String> title, String path) {
        return last(context).map(run -> LongTask.of(run, title.apply(run.total()), path)).stream()
                .toList();
    }

    /// Returns how far the person's last run is.
    public Optional<ListRun<L>> last(AccountContext context) {
        return runs.of(Person.of(context));
    }
}
