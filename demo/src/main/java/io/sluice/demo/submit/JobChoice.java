package io.sluice.demo.submit;

import io.sluice.apps.cli.CommandException;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.cluster.JobSummary;
import io.sluice.jobs.SchedulerJob;
import io.sluice.jobs.SlaJob;

import java.util.List;
import java.util.Optional;

/** The jobs of this project, by the words of the command line. */
enum JobChoice {
    scheduler(SchedulerJob.class, SchedulerJob.NAME),
    sla(SlaJob.class, SlaJob.NAME);

    private final Class<?> main;
    private final String jobName;

    JobChoice(Class<?> main, String jobName) {
        this.main = main;
        this.jobName = jobName;
    }

    /** Its main class. */
    String mainClass() {
        return main.getName();
    }

    /** What the cluster calls it. */
    String jobName() {
        return jobName;
    }

    /** Jobs of its kind that have not ended. */
    List<JobSummary> on(FlinkRest rest) {
        return rest.jobs().stream()
                .filter(job -> job.name().equals(jobName) && !job.hasEnded())
                .toList();
    }

    /**
     * The id of a job.
     *
     * @param word an id, or the word of a job of which one is there
     */
    static String id(String word, FlinkRest rest) {
        Optional<JobChoice> choice =
                List.of(values()).stream().filter(job -> job.name().equals(word)).findFirst();
        if (choice.isEmpty()) {
            return word;
        }
        List<JobSummary> jobs = choice.get().on(rest);
        if (jobs.size() != 1) {
            throw new CommandException(
                    "%d jobs called %s are there%s"
                            .formatted(
                                    jobs.size(),
                                    choice.get().jobName(),
                                    jobs.isEmpty() ? "" : "; give the id of one"));
        }
        return jobs.get(0).id();
    }
}
