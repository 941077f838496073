/**
 * The SLA job: what was promised and what was kept, by window and group.
 *
 * <pre>
 * outcomes -&gt; decode -&gt; admit (by request: each once) ------.----&gt; windows (by group) -&gt; sla
 *               |             '-&gt; series (by bucket of names) -'        |
 *               '---------------------------------------------------------'-&gt; dead letters
 * </pre>
 *
 * <p>Every measure comes from outcomes. Worker events tell some of them earlier, but a request that
 * is retried reports them once for each run, and its outcome says which run counted; adding both
 * would count requests twice or need a join.
 */
@NullMarked
package io.sluice.jobs.sla;

import org.jspecify.annotations.NullMarked;
