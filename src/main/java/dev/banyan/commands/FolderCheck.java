package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.config.DataFolder;

/// Checks the data folder: it exists, is writable, has free space, and is private to one user.
final class FolderCheck {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long TOO_LITTLE = 100 * MEGABYTE;
    private static final long LITTLE = 1024 * MEGABYTE;
    private static final int DEEP_ENOUGH = 2;

    private static final int NAMED = 5;
    private static final Set<String> OVER_THE_NETWORK = Set.of("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs");

    private final Path data;
    private final List<Finding> findings = new ArrayList<>();

    private FolderCheck(Path data) {
        this.data = data;
    }

    static List<Finding> of(Path data, boolean holdsDatabase) {
        var check = new FolderCheck(data);
        try {
            check.look(holdsDatabase);
        } catch (IOException failure) {
            check.findings.add(Finding.problem(
                    "The data folder " + data + " can't be read: " + Boot.reason(failure) + "; check its permissions"));
        }
        return check.findings;
    }

    private void look(boolean holdsDatabase) throws IOException {
        if (!Files.exists(data)) {
            findings.add(Finding.problem("The data folder " + data + " doesn't exist"
                    + "; name the right folder with --data, or start a server to create it"));
            return;
        }
        if (!Files.isDirectory(data)) {
            findings.add(Finding.problem(data + " is not a folder; name the right folder with --data"));
            return;
        }
        if (DataFolder.isClosed(data)) {
            findings.add(Finding.problem(DataFolder.closed(data)));
            return;
        }
        if (DataFolder.isForeign(data)) {
            findings.add(Finding.problem(Boot.foreign(data)));
            return;
        }
        if (Files.exists(data.resolve(DataFolder.UNFINISHED))) {
            findings.add(
                    Finding.problem("A restore into " + data + " did not finish; empty the folder and restore again"));
        }
        int before = findings.size();
        requireWritable();
        requireOneOwner();
        requireSecrecy();
        if (findings.size() == before) {
            findings.add(Finding.good("The data folder is writable, and other users can't open it"));
        }
        room();
        if (holdsDatabase) {
            requireLocks();
        }
    }

    private void requireWritable() throws IOException {
        for (Path path : paths()) {
            if (!Files.isWritable(path) || (Files.isDirectory(path) && !Files.isExecutable(path))) {
                findings.add(
                        Finding.problem(path + " cannot be written by this user (" + System.getProperty("user.name")
                                + "); run as " + Files.getOwner(data).getName() + ", or change its permissions"));
                return;
            }
        }
    }

    private void requireOneOwner() throws IOException {
        UserPrincipal owner = Files.getOwner(data);
        for (Path path : paths()) {
            UserPrincipal other = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
            if (!other.equals(owner)) {
                findings.add(Finding.problem(path + " belongs to " + other.getName() + ", but its data folder to "
                        + owner.getName() + "; chown -R " + owner.getName() + " " + data));
                return;
            }
        }
    }

    private void requireSecrecy() throws IOException {
        List<PrivateFiles.Exposed> exposed = PrivateFiles.readableByOthers(data);
        exposed.stream()
                .limit(NAMED)
                .forEach(one -> findings.add(
                        Finding.problem(one.path() + " is open to others (" + one.shown() + "); " + one.mend())));
        if (exposed.size() > NAMED) {
            findings.add(Finding.problem((exposed.size() - NAMED) + " more files and folders in " + data
                    + " are open to others; start the server to fix this, or run chmod -R go= " + data));
        }
    }

    /// Returns the folder, its files, and the files of its subfolders.
    private List<Path> paths() throws IOException {
        try (Stream<Path> tree = Files.walk(data, DEEP_ENOUGH)) {
            return tree.filter(path -> Files.isRegularFile(path) || Files.isDirectory(path))
                    .toList();
        }
    }

    private void room() {
        long free = data.toFile().getUsableSpace();
        String told = String.format(Locale.ROOT, "The disk of the data folder has %,d MB free", free / MEGABYTE);
        if (free < TOO_LITTLE) {
            findings.add(Finding.problem(told + ", which is too little; free up space"));
        } else if (free < LITTLE) {
            findings.add(Finding.warning(told + "; free up space soon"));
        } else {
            findings.add(Finding.good(told));
        }
    }

    private void requireLocks() {
        String type;
        try {
            type = Files.getFileStore(data).type();
        } catch (IOException _) {
            return; // a chroot hides the mount point
        }
        if (OVER_THE_NETWORK.contains(type)) {
            findings.add(Finding.warning("The data folder is on a network drive (" + type
                    + "), where SQLite's locks are unreliable; move it to a local disk, or use PostgreSQL"));
        }
    }
}
