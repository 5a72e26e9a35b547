package io.interlock.examples;

import io.interlock.core.attach.Locations;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A segment on the command line: a path if there is a slash in it, otherwise a name. */
final class SegmentArgument {

    private SegmentArgument() {
    }

    static Path pathOf(CommandSpec spec, String argument) {
        try {
            boolean isPath = argument.contains("/") || argument.contains(File.separator);
            Path path = isPath ? Path.of(argument).toAbsolutePath() : Locations.of(argument);
            if (path.getFileName() == null) {
                throw new ParameterException(spec.commandLine(), "not a segment: " + argument);
            }
            return path;
        } catch (InvalidPathException e) {
            throw new ParameterException(spec.commandLine(), "not a path: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
