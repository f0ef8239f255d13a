// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

// What stands in the comments of a file that others run or read: nothing in it may end the line.

/// A name from elsewhere: as it is where it is a plain one, and as a string of JSON otherwise.
QString nameInComment(const QString &name);
/// A whole line, with a sign in place of each character that would end it or can't be seen.
QString lineInComment(QString line);
