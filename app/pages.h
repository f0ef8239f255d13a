// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tabs.h"

#include <functional>

class Clock;
class Messaging;
class QWidget;

/// The page of one tab, given the services it needs. `show` leads to another tab. The services must outlive the page.
QWidget *createPage(Tab tab, Messaging &messaging, Clock &clock, const std::function<void(Tab)> &show, QWidget *parent);
