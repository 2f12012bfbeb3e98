package dev.banyan.platform.search;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Adds words such as `AT&T`, `.NET` and `Strasse` for `Straße` to the index of texts of earlier versions. It reads
/// them in portions, beside what is asked, and goes on where it stopped. Once all are read there is nothing to do.
@Singleton
public final class Reindexing implements Recurring {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String ALL_READ = "";
    /// Begins the names of texts in `word_index_progress`. Another one makes all texts be read again.
    static final String ROUND = "3:";

    private final Database database;
    private final Map<String, Reindexed.Texts> texts;
    private final Clock clock;
    private final AtomicBoolean isDone = new AtomicBoolean();

    Reindexing(Database database, @All List<Reindexed> all, Clock clock) {
        this.database = database;
        this.texts = all.stream()
                .flatMap(one -> one.texts().entrySet().stream())
                .collect(Collectors.toUnmodifiableMap(one -> ROUND + one.getKey(), Map.Entry::getValue));
        this.clock = clock;
    }

    /// Reads as many texts as it can in half a minute.
    public void run() {
        Instant end = clock.instant().plus(LONGEST);
        while (!isDone.get() && clock.instant().isBefore(end)) {
            Map<String, String> read = database.read(tx -> new ProgressStore(tx).all());
            Optional<String> next = texts.keySet().stream()
                    .filter(name -> !ALL_READ.equals(read.get(name)))
                    .min(Comparator.naturalOrder());
            next.ifPresent(name -> readSome(name, read.getOrDefault(name, "")));
            isDone.set(next.isEmpty());
        }
    }

    private void readSome(String name, String after) {
        Reindexed.Texts some = Objects.requireNonNull(texts.get(name));
        database.act(
                tx -> new ProgressStore(tx).put(name, some.readAgain(tx, after).orElse(ALL_READ)));
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "1m",
                "25s",
                "index-signs",
                "Adds words such as “AT&T” and “Strasse” for “Straße” to the search index of earlier texts.",
                this::run);
    }
}
