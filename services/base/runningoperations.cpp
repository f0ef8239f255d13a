// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/runningoperations.h"

#include <algorithm>
#include <utility>

namespace {

int nextNumber()
{
    static int last = 0;
    return ++last;
}

} // namespace

RunningOperations::Entry::Entry(RunningOperations *list, Operation operation)
    : m_list(list)
    , m_number(nextNumber())
{
    if (!m_list)
        return;
    operation.number = m_number;
    m_list->m_running.append(std::move(operation));
    Q_EMIT m_list->changed();
}

RunningOperations::Entry::~Entry()
{
    leave();
}

RunningOperations::Entry::Entry(Entry &&other) noexcept
    : m_list(std::exchange(other.m_list, nullptr))
    , m_number(other.m_number)
{
}

RunningOperations::Entry &RunningOperations::Entry::operator=(Entry &&other) noexcept
{
    if (this == &other)
        return *this;
    leave();
    m_list = std::exchange(other.m_list, nullptr);
    m_number = other.m_number;
    return *this;
}

void RunningOperations::Entry::setPercent(int percent)
{
    if (!m_list)
        return;
    const auto own = std::find_if(m_list->m_running.begin(), m_list->m_running.end(),
        [this](const Operation &each) { return each.number == m_number; });
    if (own != m_list->m_running.end() && std::exchange(own->percent, percent) != percent)
        Q_EMIT m_list->changed();
}

void RunningOperations::Entry::leave()
{
    const QPointer<RunningOperations> list = std::exchange(m_list, nullptr);
    if (!list)
        return;
    list->m_running.removeIf([this](const Operation &each) { return each.number == m_number; });
    Q_EMIT list->changed();
}

QStringList RunningOperations::titles() const
{
    QStringList titles;
    for (const Operation &each : m_running)
        titles.append(each.title);
    return titles;
}
