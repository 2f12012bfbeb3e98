package dev.banyan.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class ParcelTest {

    private static final UUID NODE = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final AtomicLong number = new AtomicLong();
    private final Map<String, StringBuilder> unfinished = new HashMap<>();

    @Test
    void aShortParcelIsOneNote() {
        var parcel = new Parcel("some.Event", "{\"a\":\"b\\nc\"}");

        List<String> notes = notes(parcel, NODE);

        assertThat(notes).hasSize(1);
        assertThat(read(notes)).containsExactly(parcel);
    }

    @Test
    void aLongParcelIsSeveralNotesThatPostgresTakes() {
        var parcel = new Parcel("some.Event", "🌿ü€".repeat(5_000));

        List<String> notes = notes(parcel, NODE);

        assertThat(notes)
                .hasSizeGreaterThan(1)
                .allSatisfy(note ->
                        assertThat(note.getBytes(StandardCharsets.UTF_8).length).isLessThan(8_000));
        assertThat(read(notes)).containsExactly(parcel);
    }

    @Test
    void partsOfSeveralNodesMayArriveMixed() {
        var one = new Parcel("some.Event", "a".repeat(6_000));
        var two = new Parcel("other.Event", "b".repeat(6_000));
        List<String> ones = notes(one, NODE);
        List<String> twos = notes(two, UUID.randomUUID());
        var mixed = new ArrayList<String>();
        for (int i = 0; i < ones.size(); i++) {
            mixed.add(ones.get(i));
            mixed.add(twos.get(i));
        }

        assertThat(read(mixed)).containsExactly(one, two);
    }

    @Test
    void equalNewsAreDifferentNotesBecausePostgresDropsRepetitions() {
        var parcel = new Parcel("some.Event", "{}");

        assertThat(notes(parcel, NODE)).doesNotContainAnyElementsOf(notes(parcel, NODE));
    }

    @Test
    void ownNotesAreSkipped() {
        assertThat(read(notes(new Parcel("some.Event", "{}"), OTHER))).isEmpty();
    }

    private List<String> notes(Parcel parcel, UUID node) {
        return parcel.notes(node, number::incrementAndGet);
    }

    private List<Parcel> read(List<String> notes) {
        return notes.stream()
                .map(note -> Parcel.read(note, OTHER, unfinished))
                .flatMap(Optional::stream)
                .toList();
    }
}
