package dev.banyan.platform.db;

import module java.base;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/// The files of all migrations, each read once. Flyway by itself looks for each file in all jars, each time that it
/// reads it, and reads each statement once more to find out whether a transaction can hold it: all of ours can.
final class MigrationFiles implements ResourceProvider {

    private static final String FOLDER = "db/migration/";
    private static final String SETTINGS = ".conf";

    private final Map<String, LoadableResource> files = new TreeMap<>();

    /// @param folders those below `db/migration`; one that is missing has no files
    MigrationFiles(List<String> folders) {
        folders.forEach(this::read);
    }

    private void read(String folder) {
        URL place = MigrationFiles.class.getClassLoader().getResource(FOLDER + folder);
        if (place == null) {
            return;
        }
        try {
            if (place.openConnection() instanceof JarURLConnection connection) {
                readJar(connection, FOLDER + folder + "/");
            } else {
                readFolder(Path.of(place.toURI()));
            }
        } catch (IOException | URISyntaxException failure) {
            throw new IllegalStateException("The migrations in " + place + " can't be read", failure);
        }
    }

    private void readJar(JarURLConnection connection, String folder) throws IOException {
        var jar = connection.getJarFile();
        for (var entry : Collections.list(jar.entries())) {
            if (entry.getName().startsWith(folder) && !entry.isDirectory()) {
                try (var bytes = jar.getInputStream(entry)) {
                    add(entry.getName().substring(folder.length()), bytes.readAllBytes());
                }
            }
        }
    }

    private void readFolder(Path folder) throws IOException {
        try (var found = Files.list(folder)) {
            for (var file : found.toList()) {
                add(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
    }

    private void add(String name, byte[] bytes) {
        files.put(name, new Text(name, new String(bytes, StandardCharsets.UTF_8)));
        files.put(name + SETTINGS, new Text(name + SETTINGS, "executeInTransaction=true"));
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return files.get(name);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return files.values().stream()
                .filter(file -> file.getFilename().startsWith(prefix))
                .filter(file -> Arrays.stream(suffixes).anyMatch(file.getFilename()::endsWith))
                .toList();
    }

    private static final class Text extends LoadableResource {

        private final String name;
        private final String text;

        private Text(String name, String text) {
            this.name = name;
            this.text = text;
        }

        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
