package dev.banyan.platform.cluster;

import module java.base;

/// News on its way, in notes that are short enough for PostgreSQL.
///
/// A note is: the id of the node, a number, `+` if more notes follow or `.`, and a part of type, line break and
/// body; the first three end with a space each. Notes of one node arrive in order. The number makes them differ,
/// because PostgreSQL leaves out repetitions.
///
/// @param type the class of the event
/// @param body the event, as JSON
record Parcel(String type, String body) {

    /// PostgreSQL takes less than 8,000 bytes; a character has three at most in Java's count.
    private static final int LONGEST = 2_500;
    private static final int LONGEST_WHOLE = 4_000_000;

    List<String> notes(UUID node, LongSupplier number) {
        String whole = type + "\n" + body;
        var notes = new ArrayList<String>();
        for (int from = 0; from < whole.length(); ) {
            int to = Math.min(whole.length(), from + LONGEST);
            if (to < whole.length() && Character.isHighSurrogate(whole.charAt(to - 1))) {
                to--;
            }
            notes.add(node + " " + number.getAsLong() + (to < whole.length() ? " + " : " . ")
                    + whole.substring(from, to));
            from = to;
        }
        return notes;
    }

    static boolean isNote(String note, UUID node, long number) {
        return note.startsWith(node + " " + number + " ");
    }

    /// Reads the next note.
    ///
    /// @param self whose own notes are skipped
    /// @param unfinished the beginnings of longer parcels, by node
    /// @return the parcel, if this was its last note
    static Optional<Parcel> read(String note, UUID self, Map<String, StringBuilder> unfinished) {
        int id = self.toString().length();
        String node = note.substring(0, id);
        if (node.equals(self.toString())) {
            return Optional.empty();
        }
        StringBuilder whole = unfinished.computeIfAbsent(node, _ -> new StringBuilder());
        int mark = note.indexOf(' ', id + 1) + 1;
        whole.append(note, mark + 2, note.length());
        if (note.charAt(mark) == '+' && whole.length() < LONGEST_WHOLE) {
            return Optional.empty();
        }
        unfinished.remove(node);
        int line = whole.indexOf("\n");
        return Optional.of(new Parcel(whole.substring(0, line), whole.substring(line + 1)));
    }
}
