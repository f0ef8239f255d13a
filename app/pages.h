// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tabs.h"

#include <QString>

#include <functional>

class Clock;
class ForeignMessaging;
class Messaging;
class QWidget;
struct ForeignServer;

/// What a page is made of and stands in.
struct PageSurroundings {
    Messaging &messaging;
    Clock &clock;
    QString cluster; ///< as people call it: the context's name
    QString kubeconfig; ///< the file it stands in, where kubectl has to be told it
    std::function<void(Tab)> show; ///< leads to another tab
    std::function<void(const ForeignServer &)> openForeign; ///< leads to a NATS that Pennant did not make
    std::function<void(const QString &)> warn; ///< of what is to be known on every tab; empty: of nothing any more
};

/// The page of one tab, given the services it needs, which must outlive it.
QWidget *createPage(Tab tab, const PageSurroundings &around, QWidget *parent);

/// The same of a NATS that Pennant did not make; `leave` leads back to Pennant's own.
QWidget *createForeignPage(Tab tab, ForeignMessaging &messaging, const PageSurroundings &around,
    const std::function<void()> &leave, QWidget *parent);
