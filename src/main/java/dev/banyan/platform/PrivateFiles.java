package dev.banyan.platform;

import module java.base;

/// Keeps Banyan's files private from other users of the machine: 0700 for folders, 0600 for files.
///
/// From [#restrictUmask] on, everything this process creates is private. [#readableByOthers] finds what an older
/// version or a person left open, and [#restrict] fixes it. Both check the data folder and two levels below it, but not
/// `files/`: no path leads past a folder that only its owner may open, so the start stays quick regardless of the
/// number of files.
public final class PrivateFiles {

    private static final int GROUP_AND_OTHERS = 0_077;
    private static final int DEPTH = 2;
    private static final int MOST = 10_000;
    private static final String UPLOADS = "files";
    private static final Path PROCESS = Path.of("/proc/self/status");

    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /// A path that others may read, change or enter.
    public record Exposed(Path path, Set<PosixFilePermission> permissions) {

        /// Returns the permissions as `ls` shows them: `rw-r--r--`.
        public String shown() {
            return PosixFilePermissions.toString(permissions);
        }

        /// Returns the command that fixes it.
        public String mend() {
            return "chmod " + (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? "700 " : "600 ") + path;
        }
    }

    /// @param mended paths that are private now
    /// @param refused paths that this user may not change
    public record Restricted(List<Exposed> mended, List<Exposed> refused) {
        public Restricted {
            mended = List.copyOf(mended);
            refused = List.copyOf(refused);
        }
    }

    private PrivateFiles() {}

    /// Makes everything that this process creates from now on private, including files of native libraries. Call it
    /// before the first thread that writes. If the launcher has done it already, Linux says so and there is nothing
    /// to do.
    public static void restrictUmask() {
        if ((umask().orElse(0) & GROUP_AND_OTHERS) == GROUP_AND_OTHERS) {
            return;
        }
        Optional<MemorySegment> umask = Linker.nativeLinker().defaultLookup().find("umask");
        if (umask.isEmpty()) {
            return; // Windows has other permissions
        }
        try {
            int _ = (int) Linker.nativeLinker()
                    .downcallHandle(umask.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                    .invokeExact(GROUP_AND_OTHERS);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException("umask cannot be called", impossible);
        }
    }

    private static Optional<Integer> umask() {
        try (var lines = Files.lines(PROCESS)) {
            return lines.filter(line -> line.startsWith("Umask:"))
                    .map(line ->
                            Integer.parseInt(line.substring("Umask:".length()).strip(), 8))
                    .findFirst();
        } catch (IOException | UncheckedIOException _) {
            return Optional.empty(); // not Linux
        }
    }

    /// Removes a folder and everything below it; does nothing if there is none. Links are removed, not followed.
    public static void removeTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /// Makes a file for a moment, in the folder that this process uses for such files. Java’s own methods without a
    /// folder use the one of the machine, which other users share.
    public static Path temporaryFile(String prefix, String suffix) throws IOException {
        return Files.createTempFile(Path.of(System.getProperty("java.io.tmpdir")), prefix, suffix);
    }

    /// Creates a folder and its missing parents, for its owner only.
    public static void createFolder(Path folder) throws IOException {
        if (isPosix(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNERS));
        } else {
            Files.createDirectories(folder);
        }
    }

    /// Writes a file that only its owner may read. Readers see the old text or the new one.
    public static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(
                file.getParent(),
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Lists what others may open. Links are not followed; file systems without permissions have nothing to list.
    public static List<Exposed> readableByOthers(Path data) throws IOException {
        var found = new ArrayList<Exposed>();
        walk(data, found::add);
        return found;
    }

    /// Removes the permissions of others, top down, so that other users can't replace what is checked next.
    public static Restricted restrict(Path data) throws IOException {
        var mended = new ArrayList<Exposed>();
        var refused = new ArrayList<Exposed>();
        walk(data, exposed -> (restrict(exposed) ? mended : refused).add(exposed));
        return new Restricted(mended, refused);
    }

    private static boolean restrict(Exposed exposed) {
        try {
            view(exposed.path()).setPermissions(ownersPartOf(exposed.permissions()));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Returns the permissions without those of the group and of others.
    public static Set<PosixFilePermission> ownersPartOf(Set<PosixFilePermission> permissions) {
        var owners = EnumSet.noneOf(PosixFilePermission.class);
        owners.addAll(permissions);
        owners.retainAll(OWNERS);
        return owners;
    }

    /// Removes the permissions of others from one file or folder that is not a link.
    public static void restrictOne(Path path) throws IOException {
        if (isPosix(path)) {
            PosixFileAttributeView view = view(path);
            view.setPermissions(ownersPartOf(view.readAttributes().permissions()));
        }
    }

    private static PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private interface Found {
        void take(Exposed exposed);
    }

    private static void walk(Path data, Found found) throws IOException {
        if (!isPosix(data) || !Files.isDirectory(data)) {
            return;
        }
        Path root = data.toRealPath();
        Files.walkFileTree(root, Set.of(), DEPTH, new SimpleFileVisitor<>() {
            private int seen;

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                FileVisitResult result = look(folder);
                return folder.equals(root.resolve(UPLOADS)) ? FileVisitResult.SKIP_SUBTREE : result;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // At the greatest depth, folders arrive here as well.
                return attributes.isRegularFile() || attributes.isDirectory() ? look(file) : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE; // deleted meanwhile, or not accessible to this user either
            }

            private FileVisitResult look(Path path) {
                try {
                    Set<PosixFilePermission> permissions =
                            view(path).readAttributes().permissions();
                    if (!OWNERS.containsAll(permissions)) {
                        found.take(new Exposed(path, permissions));
                    }
                } catch (IOException _) {
                    return FileVisitResult.CONTINUE;
                }
                seen++;
                return seen < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }
        });
    }
}
