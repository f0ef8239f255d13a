// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/onboarding.h"

#include <QCoreApplication>

namespace {

QString text(const char *source, int count = -1)
{
    return QCoreApplication::translate("Onboarding", source, nullptr, count);
}

QString runtimeText(RuntimePhase phase)
{
    switch (phase) {
    case RuntimePhase::Absent:
        return text("Not enabled yet");
    case RuntimePhase::Ready:
        return text("Ready");
    case RuntimePhase::Failed:
        return text("Failed, see below");
    case RuntimePhase::Updating:
        return text("Being updated");
    case RuntimePhase::Deleting:
        return text("Being removed");
    case RuntimePhase::Pending:
    case RuntimePhase::WaitingForPrerequisites:
    case RuntimePhase::Provisioning:
        return text("Being provisioned");
    }
    return {};
}

StepRail::Step firstStream(bool isRuntimeReady, int streams)
{
    const QString title = text("First stream");
    if (!isRuntimeReady)
        return {title, text("Needs the runtime to be ready"), StepRail::State::Locked};
    if (streams == 0)
        return {title, text("Subjects, retention and storage"), StepRail::State::Current};
    return {title, text("Created"), StepRail::State::Done};
}

StepRail::Step firstConsumer(bool hasStream, int consumers)
{
    const QString title = text("First consumer");
    if (!hasStream)
        return {title, text("Needs a stream"), StepRail::State::Locked};
    if (consumers == 0)
        return {title, text("Delivery, acknowledgement and replay"), StepRail::State::Current};
    return {title, text("Created"), StepRail::State::Done};
}

} // namespace

QList<StepRail::Step> onboardingSteps(const RuntimeStatus &status, const RuntimeUsage &usage)
{
    const bool isReady = status.phase == RuntimePhase::Ready;
    if (status.isDown())
        return {};
    if (isReady && (!usage.streams || !usage.consumers))
        return {};
    const int streams = usage.streams.value_or(0);
    const int consumers = usage.consumers.value_or(0);
    if (isReady && streams > 0 && consumers > 0)
        return {};
    return {
        {text("NATS runtime"), runtimeText(status.phase), isReady ? StepRail::State::Done : StepRail::State::Current},
        firstStream(isReady, streams),
        firstConsumer(isReady && streams > 0, consumers),
    };
}
