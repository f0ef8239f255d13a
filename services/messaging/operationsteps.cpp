// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/operationsteps.h"

#include "services/messaging/runtimejournal.h"

namespace {

Flow<void> inOrder(RuntimeJournal &journal, QList<OperationStep> steps)
{
    for (const OperationStep &step : steps) {
        auto entered = co_await journal.enter(QLatin1String(step.id));
        if (!entered)
            co_return entered;
        auto done = co_await step.carryOut();
        if (!done)
            co_return done;
    }
    co_return Result<void>();
}

} // namespace

Flow<void> carryOutSteps(RuntimeJournal &journal, QList<OperationStep> steps, RecordAtEnd end)
{
    auto done = co_await inOrder(journal, steps);
    if (done && end == RecordAtEnd::Done)
        done = co_await journal.finish();
    if (!done) {
        const Error error = done.error();
        if (error.kind != Error::Kind::Cancelled)
            co_await journal.fail(error);
        co_return fail(error);
    }
    co_return done;
}
