package dev.banyan.platform.search;

import module java.base;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// A table with the words of something searchable ([SearchWords]): a search reads an index, however much there is. The
/// store that owns the table says whose words they are.
///
/// @param <I> the type of the ids that are found
public final class WordIndex<I> extends Store {

    /// Most matches that are sorted. If there are more, the list is walked in its own order, which fills a page
    /// quickly.
    private static final int SORTED_AT_MOST = 500;

    /// Most matches of one word among which all typed words are looked for.
    private static final int MOST_CANDIDATES = 250;

    private static final int INSERTED_AT_ONCE = 200;
    private static final int READ_AT_ONCE = 500;
    private static final String AFTER_ALL_WORDS = Character.toString(Character.MAX_CODE_POINT);

    private final Table<?> table;
    private final Field<String> word;
    private final Field<String> ownWord;
    private final Field<I> id;

    public WordIndex(Tx tx, Table<?> table, Field<String> word, Field<I> id) {
        this(tx, table, word, word, id);
    }

    /// @param ownWord the word again, where the words of a single match are checked; written in a way that the
    ///     database can't use an index on it, if each id has a few words and each beginning many
    public WordIndex(Tx tx, Table<?> table, Field<String> word, Field<String> ownWord, Field<I> id) {
        super(tx);
        this.table = table;
        this.word = word;
        this.ownWord = ownWord;
        this.id = id;
    }

    /// Adds words, and leaves those that exist.
    ///
    /// @param row the other columns of each word: the owner and the id
    public void add(Collection<String> words, Map<? extends Field<?>, ?> row) {
        List<Field<?>> columns = new ArrayList<>(row.keySet());
        columns.add(word);
        // Always in the same order, so that two writers of the same words can't deadlock.
        words.stream().sorted().gather(Gatherers.windowFixed(INSERTED_AT_ONCE)).forEach(some -> {
            var insert = sql.insertInto(table).columns(columns);
            for (String one : some) {
                List<Object> values = new ArrayList<>(row.values());
                values.add(one);
                insert = insert.values(values);
            }
            insert.onConflictDoNothing().execute();
        });
    }

    /// Replaces the words of one id, and writes nothing if they are the same.
    ///
    /// @param its the condition on its words
    public void replace(Condition its, Collection<String> words, Map<? extends Field<?>, ?> row) {
        if (!sql.select(word).from(table).where(its).fetchSet(word).equals(Set.copyOf(words))) {
            sql.deleteFrom(table).where(its).execute();
            add(words, row);
        }
    }

    /// Adds the words with signs of some texts that were indexed without those ([Reindexed]), and all words of those
    /// with letters that were indexed as they are written, in the order of their ids.
    ///
    /// @param key the column with the ids of the texts
    /// @param row of a text, as for [#add]
    /// @param after the id of the last text that was read
    /// @return the id of the last of these, if more may follow
    public Optional<String> addSigned(
            SelectConditionStep<?> texts,
            Field<?> key,
            Function<Record, Set<String>> words,
            Function<Record, Map<? extends Field<?>, ?>> row,
            String after) {
        Field<String> read = key.coerce(String.class);
        var some = texts.and(read.gt(after)).orderBy(read).limit(READ_AT_ONCE).fetch();
        for (Record text : some) {
            boolean isRespelled = text.intoStream()
                    .anyMatch(value -> value instanceof String written && SearchWords.isRespelled(written));
            List<String> missing = words.apply(text).stream()
                    .filter(one -> isRespelled || SearchWords.hasSigns(one))
                    .toList();
            if (!missing.isEmpty()) {
                add(missing, row.apply(text));
            }
        }
        return some.size() < READ_AT_ONCE
                ? Optional.empty()
                : Optional.of(Objects.requireNonNull(some.getLast().get(key)).toString());
    }

    /// Returns a condition on what is searched: each typed word is the beginning of one of its words, or what was typed
    /// is the end of one of its phone numbers ([SearchWords#endings]).
    ///
    /// @param owned limits the words to those of an owner
    /// @param its links words to what is searched
    /// @param searched the column with the id of what is searched
    /// @param search the text as typed; if blank, everything matches
    public Condition matching(Condition owned, Condition its, Field<I> searched, String search) {
        if (search.isBlank()) {
            return DSL.noCondition();
        }
        var some = new LinkedHashSet<I>();
        boolean complete = true;
        Condition any = DSL.falseCondition();
        for (List<String> way : ways(search)) {
            // The first rare word narrows the search to all candidates.
            Optional<List<I>> rare = way.stream()
                    .map(begin -> ids(owned.and(begins(word, begin)), SORTED_AT_MOST))
                    .filter(Found::complete)
                    .map(Found::ids)
                    .findFirst();
            rare.ifPresent(some::addAll);
            complete = complete && rare.isPresent();
            if (rare.filter(List::isEmpty).isEmpty()) {
                any = any.or(way.stream()
                        .map(begin -> DSL.exists(DSL.selectOne().from(table).where(owned, its, begins(ownWord, begin))))
                        .reduce(DSL.noCondition(), Condition::and));
            }
        }
        return complete ? searched.in(some).and(any) : any;
    }

    private static List<List<String>> ways(String search) {
        return SearchWords.ways(search).stream()
                .map(way -> way.stream()
                        .sorted(Comparator.comparing(String::length).reversed())
                        .toList())
                .toList();
    }

    /// What may be meant by a search, the best first: what has a typed word itself, then what has a longer one.
    public static final class Candidates<I> {

        private final List<I> ids;
        private final List<List<String>> ways;

        private Candidates(Collection<I> ids, List<List<String>> ways) {
            this.ids = List.copyOf(ids);
            this.ways = ways;
        }

        public List<I> ids() {
            return ids;
        }

        /// Returns the rows of these candidates that have all typed words, the best first.
        ///
        /// @param words of a row, as they were indexed
        public <T> List<T> best(
                Collection<T> rows, Function<T, I> id, Function<T, ? extends Collection<String>> words, int limit) {
            return rows.stream()
                    .filter(row -> isOneWord(ways) || haveAll(words.apply(row)))
                    .sorted(Comparator.comparing(row -> ids.indexOf(id.apply(row))))
                    .limit(limit)
                    .toList();
        }

        private boolean haveAll(Collection<String> words) {
            return ways.stream()
                    .anyMatch(way ->
                            way.stream().allMatch(begin -> words.stream().anyMatch(word -> word.startsWith(begin))));
        }
    }

    private static boolean isOneWord(List<List<String>> ways) {
        return ways.stream().allMatch(way -> way.size() == 1);
    }

    /// Returns what a search may find, by the words alone and without a walk through what is searched: by the typed
    /// word that narrows it most. Where very many begin like it, only some of them are looked at.
    ///
    /// @param owned limits the words to those of an owner
    /// @param search the text as typed; if blank, nothing is found
    /// @param enough how many are wanted, if nothing but the words decides
    public Candidates<I> candidates(Condition owned, String search, int enough) {
        List<List<String>> ways = ways(search);
        var found = new LinkedHashSet<I>();
        var begun = new LinkedHashSet<I>();
        for (List<String> way : ways) {
            String narrowest = way.getFirst();
            Found<I> its = ids(owned.and(begins(word, narrowest)), MOST_CANDIDATES);
            for (int i = 1; i < way.size() && !its.complete(); i++) {
                Found<I> others = ids(owned.and(begins(word, way.get(i))), MOST_CANDIDATES);
                if (others.complete()) {
                    narrowest = way.get(i);
                    its = others;
                }
            }
            found.addAll(ids(owned.and(word.eq(narrowest)), MOST_CANDIDATES).ids());
            begun.addAll(its.ids());
        }
        found.addAll(begun);
        return new Candidates<>(isOneWord(ways) ? found.stream().limit(enough).toList() : found, ways);
    }

    /// @param complete whether these are all; several words of one id may match, so their number does not tell
    private record Found<I>(List<I> ids, boolean complete) {}

    /// Each once, by us: asked for that, a database reads all that match, or the index of the ids instead of the words.
    private Found<I> ids(Condition condition, int most) {
        List<I> matches =
                sql.select(id).from(table).where(condition).limit(most + 1).fetch(id);
        return new Found<>(matches.stream().distinct().toList(), matches.size() <= most);
    }

    /// Words are letters, digits and a few signs, none of which is a wildcard. SQLite uses its index for a range, but
    /// not for LIKE; PostgreSQL sorts by the rules of a language, where such a range may be empty.
    private Condition begins(Field<String> column, String begin) {
        return sql.dialect().family() == SQLDialect.SQLITE
                ? column.ge(begin).and(column.lt(begin + AFTER_ALL_WORDS))
                : column.like(begin + "%");
    }
}
