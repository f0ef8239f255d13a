// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

#include <initializer_list>

class QHBoxLayout;
class QVBoxLayout;

// What the pages of the gallery are put together with, and the pages: each shows the pieces of one kind of screen.
namespace Pieces {

QString text(const char *utf8);
/// With a property of the look set: "primary", "danger", "flat".
QPushButton *button(const char *label, const char *property = nullptr);
/// Beside one another, from the left.
QHBoxLayout *row(std::initializer_list<QWidget *> widgets);
/// A page of two columns.
QWidget *page(QVBoxLayout *&left, QVBoxLayout *&right);

QWidget *overviewPage();
QWidget *stepsPage();
QWidget *formPage();
QWidget *tablePage();

} // namespace Pieces
