import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.MoreCollectors;

/// Copies the program that Maven has packaged into the tree of a release, without the native libraries of other systems,
/// and writes what it is made of: `bom.json` and `THIRD-PARTY.txt`. Fails if a library or a typeface has no license or no
/// text of it.
///
/// Run by `./banyan release`: `java -cp 'target/quarkus-app/lib/main/*' release/Stage.java APP TREE SYSTEM TIME`, with a
/// system such as `linux-x86-64` and the time of the release in seconds.
final class Stage {

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)");
    private static final Pattern LICENSE_TEXT = Pattern.compile("(?i)(META-INF/)?(.*/)?(LICEN[CS]E|COPYING)[^/]*(?<!\\.class)");
    private static final String LICENSE_OF_TYPEFACE = "-LICENSE.txt";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param texts paths in its jar
    private record Library(Path jar, String licenses, String website, List<String> texts) {}

    private final Path app;
    private final Path tree;
    private final String system;
    private final Instant time;

    private Stage(Path app, Path tree, String system, Instant time) {
        this.app = app;
        this.tree = tree;
        this.system = system;
        this.time = time;
    }

    public static void main(String... args) throws Exception {
        var stage = new Stage(
                Path.of(args[0]), Path.of(args[1]), args[2], Instant.ofEpochSecond(Long.parseLong(args[3])));
        List<Path> jars = stage.copyProgram();
        stage.describe(jars);
    }

    /// Returns the jars of the libraries, in the tree.
    private List<Path> copyProgram() throws IOException {
        var libraries = new ArrayList<Path>();
        List<Path> files;
        try (var walk = Files.walk(app)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Path name = app.relativize(file);
            if (name.getNameCount() == 1 && !name.endsWith("quarkus-run.jar")) {
                continue; // lists for those who build
            }
            Path copy = tree.resolve("app").resolve(name);
            Files.createDirectories(copy.getParent());
            if (name.startsWith("lib")) {
                copyForSystem(file, copy);
                libraries.add(copy);
            } else {
                Files.copy(file, copy);
            }
        }
        return libraries;
    }

    private void copyForSystem(Path jar, Path copy) throws IOException {
        try (var from = new ZipFile(jar.toFile())) {
            Set<String> natives = from.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> NATIVE.matcher(name).matches())
                    .collect(Collectors.toSet());
            Set<String> foreign = natives.stream().filter(name -> !isForSystem(name)).collect(Collectors.toSet());
            if (foreign.isEmpty()) {
                Files.copy(jar, copy);
                return;
            }
            if (foreign.size() == natives.size()) {
                throw new IllegalStateException(jar + " has no native library for " + system);
            }
            try (var to = new ZipOutputStream(Files.newOutputStream(copy))) {
                for (ZipEntry entry : from.stream().toList()) {
                    if (!foreign.contains(entry.getName())) {
                        var same = new ZipEntry(entry.getName());
                        same.setTimeLocal(entry.getTimeLocal());
                        to.putNextEntry(same);
                        from.getInputStream(entry).transferTo(to);
                    }
                }
            }
        }
    }

    /// Each library names its folders in its own way: `Linux/x86_64`, `linux-x86-64`.
    private boolean isForSystem(String library) {
        String name = "-" + library.toLowerCase(Locale.ROOT).replaceAll("[/_]", "-");
        return name.contains("-" + system + "-");
    }

    private void describe(List<Path> jars) throws IOException, GeneralSecurityException {
        var bom = (ObjectNode) JSON.readTree(app.resolve("bom.json").toFile());
        ((ObjectNode) bom.get("metadata")).put("timestamp", time.toString());
        Map<String, ObjectNode> components = new HashMap<>();
        for (JsonNode component : bom.get("components")) {
            String group = component.path("group").asText();
            components.put(
                    group + "." + component.path("name").asText() + "-" + component.path("version").asText() + ".jar",
                    (ObjectNode) component);
        }
        var libraries = new ArrayList<Library>();
        for (Path jar : jars) {
            ObjectNode component = components.get(jar.getFileName().toString());
            if (component == null) {
                throw new IllegalStateException(jar + " is not in bom.json");
            }
            hash(component, jar);
            libraries.add(library(jar, component));
        }
        Files.writeString(
                tree.resolve("bom.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bom) + "\n");
        Files.writeString(tree.resolve("THIRD-PARTY.txt"), list(typefaces(), libraries));
    }

    /// The checksum of the file that is here: some have lost the libraries of other systems.
    private static void hash(ObjectNode component, Path jar) throws IOException, GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
        ArrayNode hashes = component.putArray("hashes");
        hashes.addObject().put("alg", "SHA-256").put("content", HexFormat.of().formatHex(digest));
    }

    private Library library(Path jar, JsonNode component) throws IOException {
        var licenses = new TreeSet<String>();
        for (JsonNode one : component.path("licenses")) {
            JsonNode license = one.path("license");
            licenses.add(license.path("id").asText(license.path("name").asText(one.path("expression").asText())));
        }
        if (licenses.isEmpty() || licenses.contains("")) {
            throw new IllegalStateException(jar.getFileName() + " names no license");
        }
        String website = "";
        for (JsonNode reference : component.path("externalReferences")) {
            if (reference.path("type").asText().equals("website")) {
                website = reference.path("url").asText();
            }
        }
        return new Library(jar, String.join(" or ", licenses), website, texts(jar, licenses));
    }

    /// Returns where the text of a library's license is: in its jar, else in `licenses`, else it is the one of Banyan.
    private List<String> texts(Path jar, Set<String> licenses) throws IOException {
        String name = tree.relativize(jar).toString();
        try (var zip = new ZipFile(jar.toFile())) {
            List<String> own = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(entry -> LICENSE_TEXT.matcher(entry).matches())
                    .sorted()
                    .map(entry -> name + "!" + entry)
                    .toList();
            if (!own.isEmpty()) {
                return own;
            }
        }
        try (var kept = Files.list(tree.resolve("licenses"))) {
            List<String> ours = kept.map(file -> file.getFileName().toString())
                    .filter(file -> jar.getFileName().toString().startsWith(file.replace(".txt", "")))
                    .map(file -> "licenses/" + file)
                    .sorted()
                    .toList();
            if (!ours.isEmpty()) {
                return ours;
            }
        }
        if (licenses.contains("Apache-2.0")) {
            return List.of("LICENSE");
        }
        throw new IllegalStateException(
                "put the text of the license of " + jar.getFileName() + " (" + licenses + ") into release/licenses");
    }

    /// Returns where the licenses of the typefaces are: next to them in our own jar, named like the typeface or its
    /// beginning.
    private List<String> typefaces() throws IOException {
        Path jar;
        try (var own = Files.list(tree.resolve("app/app"))) {
            jar = own.collect(MoreCollectors.onlyElement());
        }
        try (var zip = new ZipFile(jar.toFile())) {
            List<String> names = zip.stream().map(ZipEntry::getName).sorted().toList();
            List<String> licenses =
                    names.stream().filter(name -> name.endsWith(LICENSE_OF_TYPEFACE)).toList();
            for (String name : names) {
                if (name.matches(".*\\.(woff2?|ttf|otf)")
                        && licenses.stream().noneMatch(license -> name.startsWith(
                                license.substring(0, license.length() - LICENSE_OF_TYPEFACE.length())))) {
                    throw new IllegalStateException(name + " has no license next to it");
                }
            }
            return licenses.stream()
                    .map(license -> tree.relativize(jar) + "!" + license)
                    .toList();
        }
    }

    private static String list(List<String> typefaces, List<Library> libraries) {
        var text = new StringBuilder("""
                Banyan is under the Apache License 2.0: see LICENSE and NOTICE. A release contains the work of others, under
                the licenses named here. A path behind a ! is inside of the file before it. bom.json has the same libraries
                for programs.

                Java runtime (Eclipse Temurin, OpenJDK)
                  GPL-2.0 with the Classpath exception, and the licenses of its parts
                  runtime/legal

                htmx, at /ui/htmx.min.js
                  0BSD
                  licenses/htmx.org.txt

                Typefaces of pages and cards
                  OFL-1.1
                """);
        typefaces.forEach(place -> text.append("  ").append(place).append('\n'));
        for (Library library : libraries) {
            String file = library.jar().getFileName().toString();
            text.append('\n').append(file, 0, file.length() - ".jar".length()).append('\n');
            text.append("  ").append(library.licenses()).append('\n');
            if (!library.website().isEmpty()) {
                text.append("  ").append(library.website()).append('\n');
            }
            library.texts().forEach(place -> text.append("  ").append(place).append('\n'));
        }
        return text.toString();
    }
}
