// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/backoff.h"

#include <QRandomGenerator>

#include <algorithm>

Backoff::Backoff(std::chrono::milliseconds first, std::chrono::milliseconds most)
    : m_first(first)
    , m_most(most)
    , m_current(first)
{
}

std::chrono::milliseconds Backoff::next()
{
    const auto span = m_current;
    m_current = std::min(m_current * 2, m_most);
    const qint64 half = span.count() / 2;
    return std::chrono::milliseconds(half + qint64(QRandomGenerator::global()->bounded(double(half) + 1)));
}
