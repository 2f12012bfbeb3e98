package dev.banyan.workspaces.migration;

import module java.base;

/// The folders of the seed's server: `data/{projectId}/{convId}/`, each with a conversation and the files sent in it.
/// They are only read. Links are not followed: files elsewhere are not part of the migration.
final class ConversationFolders {

    private static final int DEEPEST = 4;
    private static final int MOST_FILES = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,150}");

    /// @param id its name, which identifies it in the migration records
    record Folder(String id, Path path) {}

    sealed interface Content {

        /// @param files the other files, by name
        /// @param links number of links left out
        record Found(ConversationFile conversation, List<Path> files, int links) implements Content {}

        record Broken(String why) implements Content {}
    }

    private ConversationFolders() {}

    /// Returns why this can't be the folder of conversations; empty if it can.
    static Optional<String> unusable(Path root) {
        if (Files.isSymbolicLink(root)) {
            return Optional.of(root + " is a symbolic link. Give the path of the folder itself");
        }
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(root + " isn't a folder that this server can read");
        }
        return Files.isReadable(root) ? Optional.empty() : Optional.of(root + " can't be read");
    }

    /// Lists folders by name.
    static List<Folder> list(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(
                            path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(path))
                    .map(path -> new Folder(path.getFileName().toString(), path))
                    .filter(folder -> !folder.id().startsWith("."))
                    .sorted((one, other) -> one.id().compareTo(other.id()))
                    .toList();
        }
    }

    static Content read(Folder folder) throws IOException {
        if (Files.isSymbolicLink(folder.path())) {
            return new Content.Broken("it is a symbolic link, which is not supported");
        }
        if (!NAME.matcher(folder.id()).matches()) {
            return new Content.Broken("its name can only contain letters, digits and . _ - @ +");
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(folder.path(), DEEPEST)) {
            all = tree.filter(path -> !path.equals(folder.path()))
                    .limit(MOST_FILES * 2L)
                    .toList();
        }
        int links = (int) all.stream().filter(Files::isSymbolicLink).count();
        List<Path> files = all.stream()
                .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                .filter(path -> !path.getFileName().toString().startsWith("."))
                .sorted()
                .toList();
        if (files.size() > MOST_FILES) {
            return new Content.Broken("it holds more than " + MOST_FILES + " files");
        }
        return find(folder, files, links);
    }

    private static Content find(Folder folder, List<Path> files, int links) throws IOException {
        var others = new ArrayList<>(files);
        var why = new ArrayList<String>();
        for (Path file : files) {
            if (folder.path().equals(file.getParent()) && isJson(file)) {
                var time = Files.getLastModifiedTime(file).toInstant();
                switch (ConversationFile.read(file, time)) {
                    case ConversationFile.Read.Conversation(ConversationFile conversation) -> {
                        others.remove(file);
                        return new Content.Found(conversation, List.copyOf(others), links);
                    }
                    case ConversationFile.Read.Broken broken -> why.add(file.getFileName() + ": " + broken.why());
                    case ConversationFile.Read.Other _ -> {
                        // Probably one of the files that were sent.
                    }
                }
            }
        }
        return new Content.Broken(
                why.isEmpty()
                        ? "it contains no conversation (a JSON file with metadata and messages)"
                        : why.getFirst());
    }

    private static boolean isJson(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".json");
    }
}
