// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"

#include <QList>

#include <functional>

class RuntimeJournal;

/// One step of an operation on the runtime: its id (RuntimeStepId) and what carries it out.
struct OperationStep {
    const char *id;
    std::function<Flow<void>()> carryOut;
};

/// What becomes of the record when the last step is done.
enum class RecordAtEnd {
    Done, ///< it says that the operation is done
    Deleted, ///< the steps have deleted it
};

/// Carries `steps` out in their order, each written into the record before it begins. The first that fails ends it,
/// with the record written as failed; where not even that can be written, the record still says "running", and whoever
/// drives next goes on with it, as after Cancelled, with which the record stays as it is. All that the steps use, and
/// `journal`, must outlive the flow.
Flow<void> carryOutSteps(RuntimeJournal &journal, QList<OperationStep> steps, RecordAtEnd end);
