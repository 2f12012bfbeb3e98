package dev.banyan.platform.db;

import module java.base;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// The native code of the SQLite driver, unpacked once for each version.
///
/// The driver itself unpacks it at every start, compares both copies byte by byte, and leaves its copy in the temporary
/// folder if the process is killed.
public final class SqliteLibrary {

    private SqliteLibrary() {}

    /// Uses the unpacked library, for a command next to the server, which creates no files there because another user
    /// may run it.
    public static void useUnpacked(Path folder) {
        Path library = library(folder);
        if (Files.isReadable(library)) {
            use(library);
        }
    }

    private static Path library(Path folder) {
        return folder.resolve(SQLiteJDBCLoader.getVersion() + "-" + LibraryLoaderUtil.getNativeLibName());
    }

    private static void use(Path library) {
        System.setProperty("org.sqlite.lib.path", String.valueOf(library.getParent()));
        System.setProperty("org.sqlite.lib.name", String.valueOf(library.getFileName()));
    }

    /// Unpacks the library. Call it before the first connection of the process, and only if one class loader uses the
    /// driver: Java loads a library once.
    ///
    /// @throws IOException if the folder can't be written, such as on a full disk
    public static void unpack(Path folder) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        Path library = library(folder);
        try (var packed =
                SQLiteJDBCLoader.class.getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            if (packed == null) {
                return;
            }
            if (!Files.exists(library)) {
                Files.createDirectories(folder);
                Path fresh = Files.createTempFile(folder, "sqlite", ".new");
                try {
                    Files.copy(packed, fresh, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(fresh, library, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(fresh);
                }
            }
            use(library);
        }
    }
}
