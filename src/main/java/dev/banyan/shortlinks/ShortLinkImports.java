package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.LongTaskSource;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.BackgroundRuns;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.LongTask;
import dev.banyan.platform.web.page.Words;
import dev.banyan.shortlinks.ShortLinkStore.Holder;
import dev.banyan.shortlinks.ShortLinkStore.Imported;
import dev.banyan.shortlinks.ShortLinks.Applied;
import dev.banyan.shortlinks.ShortLinks.Step;
import jakarta.inject.Singleton;

/// Imports of lists of short links: looked at first, then created, and undone as a whole. Long lists go on while their
/// page is closed, one at a time per account. A server that stops in the middle has whole lines only; the same list
/// sent again continues after them, since what is there already is left alone.
@Singleton
final class ShortLinkImports implements LongTaskSource {

    static final int MOST_LINES = 100_000;
    /// So many lines take a moment; with more, the request ends, and the page says how far it is.
    static final int AT_ONCE = 1_000;

    private static final int CHUNK = 200;
    private static final int SHOWN = 200;
    static final String BUSY = "An import is running. Wait until it has ended.";
    private static final String GONE = "This list is no longer here. Choose the file again.";
    private static final String NO_ROOM = "Your plan has no room for it.";
    private static final String FAILED = "Something went wrong. Send the same list again to continue where it stopped.";

    enum Kind {
        CHECK("Check of short links"),
        CREATE("Import of short links"),
        UNDO("Removal of short links");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    /// What became, or would become, of a line.
    ///
    /// @param already whether the account has the same short link, so that nothing is to be done
    record Fate(ShortLinkCsv.Line line, boolean good, boolean already, String text) {}

    /// How far a run is.
    ///
    /// @param list its id, by which it is confirmed and undone
    /// @param leftOut columns without a meaning here
    /// @param shown the first lines that can't be created; of a short list, all lines
    /// @param end why it ended early; empty otherwise
    record Progress(
            UUID list,
            Kind kind,
            boolean running,
            List<String> leftOut,
            long lines,
            long good,
            long already,
            List<Fate> shown,
            Optional<String> end) {

        long bad() {
            return lines - good - already;
        }
    }

    private static final class Run extends BackgroundRuns.Run {
        private final UUID list;
        private final Kind kind;
        private final String zone;
        private final Limit room;
        private final int mostShown;
        private final int chunk;
        private final List<Fate> shown = new ArrayList<>();
        private final Map<String, String> leftOut = new LinkedHashMap<>(); // by column
        private long lines;
        private long good;
        private long already;
        private Optional<String> end = Optional.empty();

        /// @param room how many short links can be created
        Run(UUID list, Kind kind, String zone, Limit room, boolean isLong) {
            this.list = list;
            this.kind = kind;
            this.zone = zone;
            this.room = room;
            this.mostShown = isLong ? SHOWN : AT_ONCE;
            this.chunk = isLong ? CHUNK : AT_ONCE;
        }

        synchronized void columns(ListColumns columns) {
            columns.leftOut().forEach(column -> leftOut.put(column, column));
        }

        synchronized void tell(Fate fate) {
            lines++;
            // One is enough to find the others.
            fate.line().leftOut().ifPresent(cell -> leftOut.putIfAbsent(cell.column(), cell.text()));
            good += fate.good() ? 1 : 0;
            already += fate.already() ? 1 : 0;
            boolean isShown = mostShown > SHOWN || !fate.good() && !fate.already();
            if (isShown && shown.size() < mostShown) {
                shown.add(fate);
            }
        }

        /// Refuses what would be created beyond the room.
        synchronized List<Fate> within(List<Fate> fates) {
            var within = new ArrayList<Fate>();
            long used = good;
            for (Fate fate : fates) {
                boolean isBeyond = fate.good() && room.isFull(used);
                within.add(isBeyond ? bad(fate.line(), NO_ROOM) : fate);
                used += fate.good() ? 1 : 0;
            }
            return within;
        }

        synchronized void undone(int removed) {
            lines += removed;
            good += removed;
        }

        synchronized void end(Optional<String> why) {
            end = why;
        }

        LongTask task() {
            Progress now = progress();
            return LongTask.endless(
                    id(),
                    kind.title,
                    now.end().isPresent() ? LongTask.State.FAILED : LongTask.state(this),
                    Words.count(now.lines(), "line", "lines"),
                    "/admin/short-links/import");
        }

        synchronized Progress progress() {
            Optional<String> why = isBroken() ? Optional.of(FAILED) : end;
            return new Progress(
                    list,
                    kind,
                    isRunning(),
                    List.copyOf(leftOut.values()),
                    lines,
                    good,
                    already,
                    List.copyOf(shown),
                    why);
        }
    }

    /// Ends a list before its last line.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String why;

        Stopped(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }

    private final ShortLinks links;
    private final Contexts contexts;
    private final Settings settings;
    private final Uuids uuids;
    private final BackgroundRuns<AccountId, Run> runs = new BackgroundRuns<>();
    private final Map<AccountId, Path> files = new ConcurrentHashMap<>();
    /// What the last check or import of each account refused.
    private final Map<AccountId, Path> refused = new ConcurrentHashMap<>();

    ShortLinkImports(ShortLinks links, Contexts contexts, Settings settings, Uuids uuids) {
        this.links = links;
        this.contexts = contexts;
        this.settings = settings;
        this.uuids = uuids;
    }

    /// Returns the running import of an account, or the last one since the server started.
    Optional<Progress> progress(AccountContext context) {
        return runs.of(context.acting().id()).map(Run::progress);
    }

    /// Who may change short links sees it; a reader of the list doesn't.
    @Override
    public List<LongTask> ofAccount(Tx tx, AccountContext context, Set<String> asked) {
        return context.membership().permits("write:shortlinks")
                ? runs.of(context.acting().id()).map(Run::task).stream().toList()
                : List.of();
    }

    /// Looks at a short list, or creates its short links.
    Progress now(AccountContext context, CsvText text, String zone, Kind kind) {
        var run = new Run(uuids.next(), kind, zone, links.room(context), false);
        read(context, text, run);
        if (kind == Kind.CREATE) {
            runs.keep(context.acting().id(), run);
        }
        return run.progress();
    }

    /// Begins to look at a long list.
    ///
    /// @return false while another one is running
    boolean check(AccountContext context, CsvText text, String zone) {
        var run = new Run(uuids.next(), Kind.CHECK, zone, links.room(context), true);
        return runs.begin(context.acting().id(), run, () -> {
            keep(context, text);
            read(context, text, run);
        });
    }

    /// Begins to create the short links of the list that was looked at.
    ///
    /// @return why not: it isn't here any longer, or one is running; empty if it begins
    Optional<String> create(AccountContext context, String list) {
        Optional<Run> checked = runs.of(context.acting().id())
                .filter(run -> run.kind == Kind.CHECK && run.list.toString().equals(list));
        Optional<Path> file = Optional.ofNullable(files.get(context.acting().id()));
        if (checked.isEmpty() || file.isEmpty()) {
            boolean isRunning =
                    runs.of(context.acting().id()).filter(Run::isRunning).isPresent();
            return Optional.of(isRunning ? BUSY : GONE);
        }
        var run = new Run(checked.get().list, Kind.CREATE, checked.get().zone, links.room(context), true);
        boolean begins = runs.begin(context.acting().id(), run, () -> {
            read(context, CsvText.of(Files.readString(file.get())), run);
            forget(context);
        });
        return begins ? Optional.empty() : Optional.of(BUSY);
    }

    /// Removes the short links of an import, or begins to if there are many.
    ///
    /// @return false while another one is running
    boolean undo(AccountContext context, Imported list) {
        context.refuseSupport();
        var run = new Run(list.id(), Kind.UNDO, "", Limit.UNLIMITED, true);
        BackgroundRuns.Work work = () -> {
            List<String> slugs = links.ofImport(context, list.id(), CHUNK);
            while (!slugs.isEmpty() && contexts.holds(context)) {
                links.apply(context, slugs.stream().<Step>map(Step.Remove::new).toList(), CHUNK);
                run.undone(slugs.size());
                slugs = links.ofImport(context, list.id(), CHUNK);
            }
        };
        AccountId owner = context.acting().id();
        return list.links() > AT_ONCE ? runs.begin(owner, run, work) : runs.now(owner, run, work);
    }

    /// Returns the lines that the last check or import of an account refused, as a file.
    Optional<Path> refused(AccountContext context) {
        return Optional.ofNullable(refused.get(context.acting().id())).filter(Files::exists);
    }

    private void keep(AccountContext context, CsvText text) throws IOException {
        forget(context);
        Path file = settings.temporaryFile("short-links", ".csv");
        files.put(context.acting().id(), file);
        Files.writeString(file, text.text());
    }

    private void forget(AccountContext context) throws IOException {
        Path file = files.remove(context.acting().id());
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    private void read(AccountContext context, CsvText text, Run run) {
        var slugs = new HashSet<String>();
        var chunk = new ArrayList<ShortLinkCsv.Line>();
        var bad = new RefusedLines(settings);
        try (bad) {
            Optional<String> broken = ShortLinkCsv.read(text, run.zone, run::columns, line -> {
                chunk.add(line);
                if (chunk.size() == run.chunk) {
                    take(context, run, chunk, slugs, bad);
                }
            });
            take(context, run, chunk, slugs, bad);
            run.end(broken.map(why -> why + "."));
        } catch (Stopped stopped) {
            run.end(Optional.of(stopped.why));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            putRefused(context, bad.file());
        }
    }

    private void putRefused(AccountContext context, Optional<Path> file) {
        AccountId owner = context.acting().id();
        Path before = file.isPresent() ? refused.put(owner, file.get()) : refused.remove(owner);
        if (before != null) {
            try {
                Files.deleteIfExists(before);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void take(
            AccountContext context, Run run, List<ShortLinkCsv.Line> chunk, Set<String> slugs, RefusedLines bad) {
        if (!contexts.holds(context)) {
            throw new Stopped("The person who began it no longer works here.");
        }
        List<Fate> fates = run.within(fates(context, chunk, slugs));
        chunk.clear();
        for (Fate fate : run.kind == Kind.CREATE ? created(context, run, fates) : fates) {
            run.tell(fate);
            if (!fate.good() && !fate.already()) {
                bad.add(fate.line(), fate.text());
            }
        }
    }

    /// Returns what would become of lines.
    ///
    /// @param seen the slugs of earlier lines
    private List<Fate> fates(AccountContext context, List<ShortLinkCsv.Line> lines, Set<String> seen) {
        Map<String, List<Holder>> holders =
                links
                        .holders(lines.stream()
                                .flatMap(line -> line.slug().stream())
                                .collect(Collectors.toSet()))
                        .stream()
                        .collect(Collectors.groupingBy(holder -> ShortSlugs.lower(holder.slug())));
        return lines.stream()
                .map(line -> fate(
                        context,
                        line,
                        line.slug()
                                .map(slug -> holders.getOrDefault(ShortSlugs.lower(slug), List.of()))
                                .orElse(List.of()),
                        line.slug().filter(slug -> !seen.add(slug)).isPresent()))
                .toList();
    }

    private Fate fate(AccountContext context, ShortLinkCsv.Line line, List<Holder> holders, boolean again) {
        if (line.problem().isPresent()) {
            return bad(line, line.problem().get());
        }
        List<Invalid> invalid = links.broken(context.owner(), new Step.Take(line.slug(), line.patch(), new UUID(0, 0)));
        if (!invalid.isEmpty()) {
            return bad(line, trouble(invalid.getFirst()));
        }
        if (again) {
            return bad(line, "An earlier line has the same slug.");
        }
        String slug = line.slug().orElse("");
        AccountId own = context.acting().id();
        Optional<Holder> same = holders.stream()
                .filter(holder -> holder.account().equals(own) && holder.slug().equals(slug))
                .findFirst();
        if (same.isPresent()) {
            String target = WebAddresses.clean(line.patch().over(ShortLinkChange.TARGET, ""));
            return same.get().target().equals(target)
                    ? new Fate(line, false, true, "Already here")
                    : bad(line, "You have a short link with this slug that leads elsewhere.");
        }
        return holders.stream().allMatch(holder -> holder.account().equals(own))
                ? new Fate(line, true, false, "Ready to create")
                : bad(line, "This slug is taken.");
    }

    private static Fate bad(ShortLinkCsv.Line line, String why) {
        return new Fate(line, false, false, why);
    }

    /// Names the column, because a line has many.
    private static String trouble(Invalid invalid) {
        return switch (invalid.field()) {
                    case "startsAt" -> "starts: ";
                    case "endsAt" -> "ends: ";
                    case "fallbackUrl" -> "fallback: ";
                    case "clickLimit" -> "click_limit: ";
                    case "targetUrl", "customSlug", "tags", "title" -> "";
                    default -> invalid.field().replace('.', '_') + ": ";
                }
                + invalid.userMessage();
    }

    /// Creates the good ones, as a whole; where one can't be created after all, the others are.
    private List<Fate> created(AccountContext context, Run run, List<Fate> fates) {
        var now = new ArrayList<>(fates);
        while (true) {
            List<Integer> good = IntStream.range(0, now.size())
                    .filter(i -> now.get(i).good())
                    .boxed()
                    .toList();
            List<Step> steps = good.stream()
                    .<Step>map(i -> new Step.Take(
                            now.get(i).line().slug(), now.get(i).line().patch(), run.list))
                    .toList();
            switch (links.apply(context, steps, run.chunk)) {
                case Applied.Done _ -> {
                    return now.stream()
                            .map(fate -> fate.good() ? new Fate(fate.line(), true, false, "Created") : fate)
                            .toList();
                }
                case Applied.LimitReached reached -> throw new Stopped(ShortLinksResource.limitText(reached) + ".");
                case Applied.SlugTaken(int step, String _) ->
                    now.set(good.get(step), bad(now.get(good.get(step)).line(), "This slug is taken."));
                case Applied.Rejected(int step, List<Invalid> invalid) ->
                    now.set(good.get(step), bad(now.get(good.get(step)).line(), trouble(invalid.getFirst())));
                case Applied.UnknownSlug _, Applied.TooManySteps _ ->
                    throw new IllegalStateException("Short links are only added here");
            }
        }
    }
}
