package dev.banyan.console.client;

import module java.base;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Frame;
import dev.banyan.console.TypedLine;

/// The file that a command reads or writes. It is on the terminal's machine, which may differ from the server's, so the
/// terminal reads and writes it.
final class LocalFile {

    /// The server's limit; larger files are not read.
    private static final long LARGEST = 10L * 1024 * 1024;

    private static final String STANDARD_OUTPUT = "-";

    /// Refers to the file that the server keeps instead of a file of the terminal.
    private static final String EDITED = "edited";

    /// The file can't be read or written; the message says which, and why.
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    private static final String FORCE = "--force";
    private static final String RENAME = "--rename";

    private final String toSend;
    private final Optional<String> name;
    private final boolean force;
    private final StringBuilder taken = new StringBuilder();

    /// @param name where the received file is written
    /// @param force whether it may replace a file
    private LocalFile(String toSend, Optional<String> name, boolean force) {
        this.toSend = toSend;
        this.name = name;
        this.force = force;
    }

    private static LocalFile sending(String content) {
        return new LocalFile(content, Optional.empty(), false);
    }

    static LocalFile of(String line) throws Unusable {
        List<String> words = TypedLine.of(line).words();
        String command = words.isEmpty() ? "" : words.getFirst().toLowerCase(Locale.ROOT);
        if (command.equals("bulk")) {
            List<String> rest = words.stream()
                    .skip(1)
                    .filter(word -> !word.startsWith("--"))
                    .toList();
            boolean adds = rest.size() == 2 && rest.getFirst().equalsIgnoreCase("add");
            return sending(adds ? read(path(rest.getLast())) : "");
        }
        List<String> names = names(words);
        if (names.size() != 1 || !List.of("import-config", "export-config").contains(command)) {
            return sending("");
        }
        String name = names.getFirst();
        if (command.equals("import-config")) {
            boolean edited = name.equals(EDITED) && !Files.exists(path(name));
            return sending(edited ? "" : read(path(name)));
        }
        boolean force = words.contains(FORCE);
        if (!name.equals(STANDARD_OUTPUT) && Files.exists(path(name))) {
            if (!force) {
                throw new Unusable(name + " already exists; choose another name, or add " + FORCE);
            }
            if (!Files.isRegularFile(path(name))) {
                throw new Unusable(name + " is not a file");
            }
        }
        return new LocalFile("", Optional.of(name), force);
    }

    /// Returns the words after the command that are no options.
    private static List<String> names(List<String> words) {
        var names = new ArrayList<String>();
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).equals(RENAME)) {
                i++;
            } else if (!words.get(i).startsWith("--")) {
                names.add(words.get(i));
            }
        }
        return names;
    }

    private static Path path(String name) throws Unusable {
        try {
            return Path.of(name).toAbsolutePath();
        } catch (InvalidPathException _) {
            throw new Unusable(name + " is not a file name");
        }
    }

    private static String read(Path path) throws Unusable {
        try {
            if (!Files.isRegularFile(path)) {
                throw new Unusable(path + (Files.exists(path) ? " is not a file" : " does not exist"));
            }
            if (Files.size(path) > LARGEST) {
                throw new Unusable(path + " is larger than " + LARGEST + " bytes");
            }
            return Base64.getEncoder().encodeToString(Files.readAllBytes(path));
        } catch (IOException _) {
            throw new Unusable(path + " cannot be read");
        }
    }

    /// Returns the content in Base64; empty if there is no file.
    String toSend() {
        return toSend;
    }

    void take(Frame frame) {
        if (frame instanceof Frame.File(String piece)) {
            taken.append(piece);
        }
    }

    /// Writes the received file to the path in the line once the command has ended.
    ///
    /// @param json whether a program reads the answer
    void keep(Frame.Done done, boolean json, TerminalOutput paper) throws Unusable {
        if (name.isEmpty() || done.code() != 0) {
            return;
        }
        if (name.get().equals(STANDARD_OUTPUT)) {
            taken.toString().lines().forEach(paper::line);
            return;
        }
        Path path = path(name.get());
        try {
            write(path);
            if (json) {
                ConsoleJson.lines(Map.of("file", path.toString())).forEach(paper::line);
            } else {
                paper.line("✅ Written to " + path);
            }
        } catch (FileAlreadyExistsException _) {
            throw new Unusable(path + " already exists; choose another name, or add " + FORCE);
        } catch (NoSuchFileException _) {
            throw new Unusable("the folder of " + path + " does not exist");
        } catch (IOException _) {
            throw new Unusable(path + " cannot be written");
        }
    }

    /// Replaces a file as a whole, so that no reader sees half of it.
    private void write(Path path) throws IOException {
        if (!force) {
            Files.writeString(path, taken, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            return;
        }
        Path next = Files.createTempFile(path.getParent(), ".banyan-", ".tmp");
        try {
            Files.writeString(next, taken, StandardCharsets.UTF_8);
            Files.move(next, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
