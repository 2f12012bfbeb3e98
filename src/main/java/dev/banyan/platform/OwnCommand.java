package dev.banyan.platform;

/// What people type to run Banyan, for hints on the command line. The launcher of an installed package is in the path.
public final class OwnCommand {

    public static final String NAME = System.getProperty("banyan.command", "./banyan");

    private OwnCommand() {}
}
