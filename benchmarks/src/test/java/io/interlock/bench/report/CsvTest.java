package io.interlock.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.bench.measure.Fakes;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {

    @TempDir
    private Path directory;

    @Nested
    class Write {

        @Test
        void writesEachRoundAndAllTogether() throws IOException {
            Result result = Fakes.result(Fakes.row("a,b", Unit.PER_SECOND), Fakes.figures(30, 10, 20),
                    List.of(Fakes.figure(1.5, 5, 7)));
            Path file = directory.resolve("bench.csv");
            Csv.write(List.of(result), file);
            assertEquals(List.of("row,unit,peer,line,x,round,value,p50_ns,p99_ns,p999_ns,max_ns",
                    "\"a,b\",PER_SECOND,IpcThing,,,1,30.0,,,,", "\"a,b\",PER_SECOND,IpcThing,,,2,10.0,,,,",
                    "\"a,b\",PER_SECOND,IpcThing,,,3,20.0,,,,", "\"a,b\",PER_SECOND,IpcThing,,,all,20.0,,,,",
                    "\"a,b\",PER_SECOND,Other,,,1,1.5,5,7,7,7", "\"a,b\",PER_SECOND,Other,,,all,1.5,5,7,7,7"),
                    Files.readAllLines(file));
        }

        @Test
        void tellsTheLineOfAPointAndHowMuchThereIs() throws IOException {
            Result result = Fakes.only(Fakes.growing("grows", Unit.PER_SECOND),
                    Map.of("Other, 16", Fakes.figures(2)));
            Path file = directory.resolve("bench.csv");
            Csv.write(List.of(result), file);
            assertEquals(List.of("grows,PER_SECOND,\"Other, 16\",Other,16,1,2.0,,,,",
                    "grows,PER_SECOND,\"Other, 16\",Other,16,all,2.0,,,,"), Files.readAllLines(file).subList(1, 3));
        }
    }
}
